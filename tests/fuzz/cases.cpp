#include "fuzz/cases.h"

#include <fmt/format.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <stdexcept>

#include "fuzz/memory_meter.h"

namespace ocrtune::fuzz {
namespace {

constexpr unsigned kHangsAfterSeconds = 120;

double thread_seconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

}  // namespace

void run_limited(const Limits& limits, Usage& usage, const std::function<void()>& measured) {
  alarm(kHangsAfterSeconds);
  start_memory_meter();
  const double start = thread_seconds();
  measured();
  const double seconds = thread_seconds() - start;
  alarm(0);
  usage.seconds += seconds;
  usage.slowest = std::max(usage.slowest, seconds);
  usage.greatest = std::max(usage.greatest, max_memory());
  require(seconds < limits.seconds, "it takes too long");
  require(max_memory() < limits.bytes, "it takes too much memory");
}

void run_cases(const Options& options, const std::function<void(std::uint64_t)>& run_case) {
  for (long long i = 0; i < options.cases; ++i) {
    const long long number = options.first + i;
    if (options.trace) fmt::print(stderr, "case {}: ", number);
    try {
      run_case(static_cast<std::uint64_t>(number));
    } catch (const std::exception& failure) {
      throw std::runtime_error(
          fmt::format("case {} of seed {}: {}", number, options.seed, failure.what()));
    }
  }
}

}  // namespace ocrtune::fuzz
