#include "ocrtune/base/duration.h"

#include <fmt/format.h>

#include <cmath>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

std::string duration_text(double seconds) {
  const auto whole = static_cast<long long>(std::ceil(seconds));
  if (whole < 90) return fmt::format("{} s", whole);
  if (whole < 5400) return fmt::format("{} min", (whole + 30) / 60);
  return fmt::format("{} h {} min", whole / 3600, whole % 3600 / 60);
}

double parse_duration(std::string_view text, std::string_view option) {
  std::string_view digits = text;
  const double scale = text.ends_with('h') ? 3600 : text.ends_with('m') ? 60 : 1;
  if (scale > 1 || text.ends_with('s')) digits.remove_suffix(1);
  double number = 0;
  const bool read = parse_number(digits, number);
  const double seconds = number * scale;
  if (read && seconds >= kShortestDuration && seconds <= kLongestDuration) return seconds;
  throw Error(Errc::invalid_argument,
              tr("{} {}: expected a time such as 90s, 10m or 1.5h, from one second to 1000 "
                 "hours",
                 option, quotable(text, 60)));
}

}  // namespace ocrtune
