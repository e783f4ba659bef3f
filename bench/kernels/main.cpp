#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <iostream>
#include <memory>
#include <opencv2/imgcodecs.hpp>
#include <utility>

#include "kernels/comparison.h"
#include "simd_target.h"

namespace {

using ocrtune::bench::Comparison;
using Kernel = std::function<cv::Mat(const cv::Mat&)>;

/// What both sides of a comparison get, made when it is first asked for.
class Input {
 public:
  Input(cv::Mat page, Kernel prepare) : image_(std::move(page)), prepare_(std::move(prepare)) {}

  const cv::Mat& image() {
    if (prepare_) image_ = std::exchange(prepare_, nullptr)(image_);
    return image_;
  }

 private:
  cv::Mat image_;
  Kernel prepare_;
};

void time_kernel(benchmark::State& state, const Kernel& kernel, Input& input) {
  const cv::Mat& image = input.image();
  for (auto unused : state) benchmark::DoNotOptimize(kernel(image).data);
  state.counters["Mpx"] = static_cast<double>(image.total()) / 1e6;
}

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  CLI::App app("Times each kernel, and OpenCV's or Leptonica's, on the pages, one thread each");
  std::vector<std::string> files;
  std::string simd;
  app.add_option("PAGES", files, "Image files")->required()->check(CLI::ExistingFile);
  app.add_option("--simd", simd, "Hold our kernels to an instruction set, such as AVX2");
  CLI11_PARSE(app, argc, argv);
  if (!simd.empty() && !ocrtune::bench::hold_to_target(simd)) return 1;
  cv::setNumThreads(1);
  for (const std::string& file : files) {
    const cv::Mat page = cv::imread(file, cv::IMREAD_GRAYSCALE);
    if (page.empty()) {
      std::cerr << "kernel_bench: " << file << ": is not an image\n";
      return 2;
    }
    const std::string name = std::filesystem::path(file).stem().string();
    for (const Comparison& comparison : ocrtune::bench::comparisons()) {
      const auto input = std::make_shared<Input>(page, comparison.prepare);
      const auto add = [&](const char* who, const Kernel& kernel) {
        benchmark::RegisterBenchmark(
            fmt::format("{}/{}/{}", comparison.kernel, name, who).c_str(),
            [=](benchmark::State& state) { time_kernel(state, kernel, *input); })
            ->Unit(benchmark::kMillisecond);
      };
      add("ocrtune", comparison.ours);
      add("library", comparison.library);
    }
  }
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}
