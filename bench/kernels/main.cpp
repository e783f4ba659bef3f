#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <hwy/targets.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <iostream>
#include <opencv2/imgcodecs.hpp>

#include "kernels/comparison.h"

namespace {

using ocrtune::bench::Comparison;
using Kernel = std::function<cv::Mat(const cv::Mat&)>;

void time_kernel(benchmark::State& state, const Kernel& kernel, const cv::Mat& page) {
  for (auto unused : state) benchmark::DoNotOptimize(kernel(page).data);
  state.counters["Mpx"] = static_cast<double>(page.total()) / 1e6;
}

/// Leaves the best instruction set that is called `name`, or says which there are.
bool hold_to_target(const std::string& name) {
  std::string known;
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
    known += fmt::format(" {}", hwy::TargetName(target));
    if (name != hwy::TargetName(target)) continue;
    hwy::SetSupportedTargetsForTest(target);
    hwy::GetChosenTarget().Update(target);
    return true;
  }
  std::cerr << "kernel_bench: --simd takes one of" << known << "\n";
  return false;
}

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  CLI::App app("Times each kernel and OpenCV's on the pages, one thread each");
  std::vector<std::string> files;
  std::string simd;
  app.add_option("PAGES", files, "Image files")->required()->check(CLI::ExistingFile);
  app.add_option("--simd", simd, "Hold our kernels to an instruction set, such as AVX2");
  CLI11_PARSE(app, argc, argv);
  if (!simd.empty() && !hold_to_target(simd)) return 1;
  cv::setNumThreads(1);
  for (const std::string& file : files) {
    const cv::Mat page = cv::imread(file, cv::IMREAD_GRAYSCALE);
    if (page.empty()) {
      std::cerr << "kernel_bench: " << file << ": is not an image\n";
      return 2;
    }
    const std::string name = std::filesystem::path(file).stem().string();
    for (const Comparison& comparison : ocrtune::bench::comparisons()) {
      const auto add = [&](const char* who, const Kernel& kernel) {
        benchmark::RegisterBenchmark(
            fmt::format("{}/{}/{}", comparison.kernel, name, who).c_str(),
            [=](benchmark::State& state) { time_kernel(state, kernel, page); })
            ->Unit(benchmark::kMillisecond);
      };
      add("ocrtune", comparison.ours);
      add("opencv", comparison.opencv);
    }
  }
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}
