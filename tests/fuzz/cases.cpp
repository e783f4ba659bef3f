#include "fuzz/cases.h"

#include <fmt/format.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <stdexcept>

#include "fuzz/memory_meter.h"
#include "ocrtune/ocr/tessdata/traineddata.h"

namespace ocrtune::fuzz {
namespace {

using tessdata::Component;
using tessdata::TrainedData;
using test::Components;
using test::ModelBytes;

constexpr unsigned kHangsAfterSeconds = 120;

double thread_seconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

}  // namespace

void require(bool holds, const char* what) {
  if (!holds) throw std::runtime_error(what);
}

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

Components components_of(const std::string& path) {
  const TrainedData data = TrainedData::open(path);
  Components components;
  for (std::size_t i = 0; i < TrainedData::kComponents; ++i) {
    const auto component = static_cast<Component>(i);
    const auto bytes = data.bytes(component);
    if (!bytes.empty()) components[component] = ModelBytes(bytes.begin(), bytes.end());
  }
  return components;
}

std::vector<Components> tiny_seeds() {
  std::vector<std::vector<int>> apart = {{0}, {9}, {9}};
  std::vector<std::vector<int>> own_classes;
  for (int id = 0; id < 13; ++id) own_classes.push_back({id});
  for (int id = 0; id < 10; ++id) apart.push_back({1 + id % 3, 4 + id % 5, 1 + id / 3});
  return {test::tiny_components(),
          test::tiny_components({.network = {.integer = false}}),
          test::tiny_components({.inside = true, .config = "preserve_interword_spaces 1\n"}),
          test::tiny_components({.codes = apart}),
          test::tiny_components({.codes = own_classes, .null_char = 2, .flags = 1}),
          test::tiny_components(
              {.characters = {"\u4e00", "\u4e01", "\u3042", "\u05d0", "x"}, .words = {"x", "xx"}})};
}

}  // namespace ocrtune::fuzz
