#include <algorithm>
#include <cmath>
#include <cstdint>
#include <opencv2/core.hpp>

#include "ocrtune/kernels/measure/gray_statistics.h"
#include "ocrtune/stages/stage.h"

namespace ocrtune {
namespace {

/// The lowest level that is at least as light as this percentage of the pixels, and as one pixel.
int percentile(const Histogram& counts, std::size_t pixels, double per_cent) {
  const double rank = std::max(1.0, std::ceil(per_cent * static_cast<double>(pixels) / 100));
  int level = 0;
  for (double seen = counts[0]; seen < rank && level < 255;) {
    seen += counts[static_cast<std::size_t>(++level)];
  }
  return level;
}

cv::Mat table_between(int dark, int light) {
  cv::Mat table(1, 256, CV_8UC1);
  const int span = light - dark;
  for (int level = 0; level < 256; ++level) {
    const int above = std::clamp(level - dark, 0, span);
    table.at<std::uint8_t>(level) =
        static_cast<std::uint8_t>((2 * 255 * above + span) / (2 * span));
  }
  return table;
}

}  // namespace

Stage stretch_percentiles() {
  return {
      .name = "stretch_percentiles",
      .summary = "Contrast stretching between two percentiles.",
      .cites = {"gonzalez2018", "hyndman1996"},
      .parameters =
          {
              real("dark", {.low = 0,
                            .high = 5,
                            .initial = 1,
                            .min = 0,
                            .max = 50,
                            .unit = "% of the pixels",
                            .help = "fraction of the darkest pixels that becomes black"}),
              real("light", {.low = 50,
                             .high = 100,
                             .initial = 90,
                             .min = 50,
                             .max = 100,
                             .unit = "% of the pixels",
                             .help = "gray levels above this percentile become white"}),
          },
      .run =
          [](const Image& in, const Values& values) {
            const Histogram counts = histogram(in.gray);
            const int dark = percentile(counts, in.gray.total(), values.real("dark"));
            const int light = percentile(counts, in.gray.total(), values.real("light"));
            if (dark == light) return in;
            Image out{{}, in.dpi};
            cv::LUT(in.gray, table_between(dark, light), out.gray);
            return out;
          },
  };
}

}  // namespace ocrtune
