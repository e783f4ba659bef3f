#include <algorithm>
#include <cstdint>
#include <opencv2/core.hpp>
#include <vector>

#include "ocrtune/kernels/lines/leaders.h"
#include "ocrtune/stages/stage.h"

namespace ocrtune {
namespace {

/// Of the marks, px.
constexpr int kSoftEdge = 2;

/// The median level of the pixels around a rectangle; its own without any.
unsigned char level_around(const cv::Mat& gray, const cv::Rect& frame) {
  const cv::Rect all(0, 0, gray.cols, gray.rows);
  const cv::Rect outer =
      cv::Rect(frame.x - 1, frame.y - 1, frame.width + 2, frame.height + 2) & all;
  std::vector<unsigned char> levels;
  for (int y = outer.y; y < outer.y + outer.height; ++y) {
    for (int x = outer.x; x < outer.x + outer.width; ++x) {
      if (!frame.contains({x, y})) levels.push_back(gray.at<unsigned char>(y, x));
    }
  }
  if (levels.empty()) return gray.at<unsigned char>(frame.y, frame.x);
  const auto middle = levels.begin() + static_cast<std::ptrdiff_t>(levels.size() / 2);
  std::ranges::nth_element(levels, middle);
  return *middle;
}

}  // namespace

Stage remove_leaders() {
  return {
      .name = "remove_leaders",
      .summary = "Removes leaders: rows of dots, as in tables of contents and forms.",
      .cites = {"fletcher1988"},
      .parameters = {real("gap", {.low = 1,
                                  .high = 4,
                                  .initial = kLeaderGap,
                                  .min = 0,
                                  .max = 10,
                                  .unit = "heights of letters",
                                  .help = "largest distance between the marks of a row; 0 leaves "
                                          "the image unchanged"})},
      .run =
          [](const Image& in, const Values& resolved) {
            const double gap = resolved.real("gap");
            if (gap <= 0) return in;
            const std::vector<cv::Rect> marks = leader_marks(in.gray, gap);
            if (marks.empty()) return in;
            const cv::Rect all(0, 0, in.gray.cols, in.gray.rows);
            Image out{in.gray.clone(), in.dpi};
            for (const cv::Rect& mark : marks) {
              const cv::Rect frame =
                  cv::Rect(mark.x - kSoftEdge, mark.y - kSoftEdge, mark.width + 2 * kSoftEdge,
                           mark.height + 2 * kSoftEdge) &
                  all;
              out.gray(frame).setTo(level_around(in.gray, frame));
            }
            return out;
          },
  };
}

}  // namespace ocrtune
