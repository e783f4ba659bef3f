// Optimizes a custom objective with a sampler: how near the share of dark pixels is to that of
// printed text. own_objective PAGE.png

#include <ocrtune/ocrtune.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <span>
#include <vector>

namespace {

double dark_share(const cv::Mat& gray) {
  double dark = 0;
  for (int y = 0; y < gray.rows; ++y) {
    for (int x = 0; x < gray.cols; ++x) dark += gray.at<unsigned char>(y, x) < 128 ? 1 : 0;
  }
  return dark / (1.0 * gray.rows * gray.cols);
}

}  // namespace

int main(int argc, char** argv) {
  using namespace ocrtune;
  if (argc < 2) return 1;
  try {
    std::ifstream file(argv[1], std::ios::binary);
    const std::vector<char> bytes{std::istreambuf_iterator<char>(file), {}};
    const Image page = open_pages(std::as_bytes(std::span(bytes)), {})->decode(0);
    const Pipeline pipeline = load_pipeline("standard");
    const auto sampler = make_sampler("tpe", {.space = pipeline.space(), .seed = 1});
    double best = 1;
    for (std::size_t number = 1; number <= 12; ++number) {
      const std::optional<Point> point = sampler->ask(number);
      if (!point) break;
      const double distance = std::abs(dark_share(pipeline.at(*point).run(page).gray) - 0.06);
      sampler->tell({.number = number, .point = *point, .values = {distance}});
      best = std::min(best, distance);
    }
    std::printf("nearest to 6 %% of dark pixels: %.4f\n", best);
  } catch (const Error& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
  return 0;
}
