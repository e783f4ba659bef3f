#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "ocrtune/kernels/measure/paper_level.h"
#include "ocrtune/kernels/measure/skew.h"
#include "ocrtune/kernels/measure/text_bend.h"
#include "ocrtune/stages/moved.h"
#include "ocrtune/stages/stage.h"

namespace ocrtune {
namespace {

/// In heights of letters; 0 if it is unknown.
double bend_of(const Image& in) {
  const auto found = text_bend(letter_boxes(in.gray), in.gray.size());
  return found ? found->most / found->height : 0;
}

Image levelled(const Image& in) {
  constexpr int kRows = 64;  // processed at a time, to bound the memory of the maps
  const auto found = text_bend(letter_boxes(in.gray), in.gray.size());
  if (!found || std::max(in.gray.cols, in.gray.rows) > kLongestMoved) return in;
  Image out{cv::Mat(in.gray.size(), CV_8UC1), in.dpi, PageMap(found->bend)};
  const cv::Scalar paper(paper_level(in.gray));
  for (int top = 0; top < out.gray.rows; top += kRows) {
    const int bottom = std::min(top + kRows, out.gray.rows);
    cv::Mat x(bottom - top, out.gray.cols, CV_32FC1);
    cv::Mat y(bottom - top, out.gray.cols, CV_32FC1);
    for (int row = top; row < bottom; ++row) {
      auto* to_x = x.ptr<float>(row - top);
      auto* to_y = y.ptr<float>(row - top);
      for (int column = 0; column < out.gray.cols; ++column) {
        to_x[column] = static_cast<float>(column);
        to_y[column] = static_cast<float>(row + found->bend.at({column + 0.5, row + 0.5}));
      }
    }
    cv::Mat rows = out.gray.rowRange(top, bottom);
    cv::remap(in.gray, rows, x, y, cv::INTER_CUBIC, cv::BORDER_CONSTANT, paper);
  }
  return out;
}

}  // namespace

Stage dewarp() {
  return {
      .name = "dewarp",
      .summary = "Dewarping: straightens curved text lines, as on photographs of books.",
      .cites = {"beaton1974", "keys1981"},
      .parameters =
          {
              real("least_bend", {.low = 0.1,
                                  .high = 1,
                                  .initial = 0.5,
                                  .min = 0.05,
                                  .max = 100,
                                  .unit = "letter heights",
                                  .help = "pages with less curved lines remain unchanged"}),
              real("most_bend", {.low = 1,
                                 .high = 10,
                                 .initial = 5,
                                 .min = 0,
                                 .max = 100,
                                 .unit = "letter heights",
                                 .help = "largest curvature of lines that is corrected; 0 leaves "
                                         "the image unchanged"}),
          },
      .measure = bend_of,
      .resolve =
          [](const Values& parameters, double bend) {
            const bool is_bent =
                bend >= parameters.real("least_bend") && bend <= parameters.real("most_bend");
            Values resolved;
            resolved.set("bent", is_bent ? 1.0 : 0.0);
            return resolved;
          },
      .run =
          [](const Image& in, const Values& resolved) {
            return resolved.integer("bent") == 0 ? in : levelled(in);
          },
      .moves = true,
  };
}

}  // namespace ocrtune
