#include "ocrtune/base/time.h"

#include <fmt/format.h>

#include <chrono>
#include <ctime>

namespace ocrtune {
namespace {

std::string time_text(const std::tm& time, const char* format, std::int64_t microseconds) {
  char text[32];
  const std::size_t length = std::strftime(text, sizeof text, format, &time);
  return fmt::format("{}.{:06}", std::string_view(text, length), microseconds % 1'000'000);
}

std::time_t seconds_of(std::int64_t microseconds) {
  return static_cast<std::time_t>(microseconds / 1'000'000);
}

}  // namespace

std::int64_t now_us() {
  using namespace std::chrono;
  return duration_cast<microseconds>(system_clock::now().time_since_epoch()).count();
}

std::string utc_time_text(std::int64_t microseconds) {
  const std::time_t seconds = seconds_of(microseconds);
  std::tm utc{};
  gmtime_r(&seconds, &utc);
  return time_text(utc, "%Y-%m-%dT%H:%M:%S", microseconds) + "Z";
}

std::string local_time_text(std::int64_t microseconds) {
  const std::time_t seconds = seconds_of(microseconds);
  std::tm local{};
  localtime_r(&seconds, &local);
  return time_text(local, "%Y-%m-%d %H:%M:%S", microseconds);
}

}  // namespace ocrtune
