#include <algorithm>
#include <cstddef>
#include <opencv2/imgproc.hpp>

#include "ocrtune/kernels/measure/gray_statistics.h"
#include "ocrtune/stages/registry.h"

namespace ocrtune {

namespace {

/// Otsu's threshold; if several split the pixels equally, the middle one, so that a small offset
/// has no effect on a page of few levels.
double middle_threshold(const Image& in) {
  const Histogram levels = histogram(in.gray);
  const int threshold = otsu_threshold(levels);
  int last = threshold;
  while (last < 254 && levels.at(static_cast<std::size_t>(last) + 1) == 0) ++last;
  const int middle = (threshold + last) / 2;
  return middle;
}

}  // namespace

Stage binarize_otsu() {
  return {
      .name = "binarize_otsu",
      .summary = "Otsu's binarization: one threshold for the whole page.",
      .cites = {"otsu1979"},
      .parameters =
          {
              integer(
                  "offset",
                  {.low = -40,
                   .high = 40,
                   .initial = 0,
                   .min = -255,
                   .max = 255,
                   .unit = "gray levels",
                   .help = "added to the threshold; higher values make more of the page black"}),
          },
      .measure = middle_threshold,
      .resolve =
          [](const Values& parameters, double threshold) {
            Values resolved;
            // Pixels up to this level become black: none below 0, all from 255.
            resolved.set("level", std::clamp(threshold + parameters.real("offset"), -1.0, 255.0));
            return resolved;
          },
      .run =
          [](const Image& in, const Values& resolved) {
            Image out{{}, in.dpi};
            cv::threshold(in.gray, out.gray, resolved.real("level"), 255, cv::THRESH_BINARY);
            return out;
          },
      .reach = [](const Values&) { return 0; },
      .experimental = true,
  };
}

}  // namespace ocrtune
