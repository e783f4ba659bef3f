#include "ocrtune/kernels/lines/line_repair.h"

#include <algorithm>
#include <cstdint>

#include "ocrtune/kernels/lines/line_mask.h"

namespace ocrtune {
namespace {

/// Rows of a column from `first` to `last` that belong to a line.
struct Run {
  int column = 0;
  int first = 0;
  int last = 0;
};

/// Horizontal lines, and the image to repair.
class Repair {
 public:
  Repair(const cv::Mat& gray, const cv::Mat& mask) : gray_(gray), mask_(mask), out_(gray.clone()) {}

  /// The image without the lines of at most this many rows.
  cv::Mat without(int rows) {
    for (int x = 0; x < mask_.cols; ++x) {
      for (int y = 0; y < mask_.rows; ++y) {
        if (!is_line(y, x)) continue;
        const int first = y;
        while (y + 1 < mask_.rows && is_line(y + 1, x)) ++y;
        if (y - first < rows) bridge({.column = x, .first = first, .last = y});
      }
    }
    return out_;
  }

 private:
  [[nodiscard]] bool is_line(int y, int x) const { return mask_.at<std::uint8_t>(y, x) != 0; }

  void bridge(const Run& run) {
    const bool has_above = run.first > 0;
    const bool has_below = run.last + 1 < gray_.rows;
    if (!has_above && !has_below) return;
    for (int y = run.first; y <= run.last; ++y) {
      int level = 0;
      if (has_above && has_below) {
        level = darkest_way_through(run, y);
      } else {
        level = gray_.at<std::uint8_t>(has_above ? run.first - 1 : run.last + 1, run.column);
      }
      auto& pixel = out_.at<std::uint8_t>(y, run.column);
      pixel = static_cast<std::uint8_t>(std::max<int>(pixel, level));
    }
  }

  /// For all directions through the pixel, the lighter of the two ends beside the line; returns the
  /// darkest of these.
  [[nodiscard]] int darkest_way_through(const Run& run, int y) const {
    const int above = run.first - 1;
    const int below = run.last + 1;
    const int gap = below - above;
    int darkest = lighter_end(above, run.column, below, run.column);
    for (int lean = 1; lean <= gap / 2; ++lean) {
      const int back = rounded(lean * (y - above), gap);
      const int forth = rounded(lean * (below - y), gap);
      for (const int side : {-1, 1}) {
        const int from = run.column - side * back;
        const int to = run.column + side * forth;
        if (std::min(from, to) < 0 || std::max(from, to) >= gray_.cols) continue;
        if (is_line(above, from) || is_line(below, to)) continue;
        darkest = std::min(darkest, lighter_end(above, from, below, to));
      }
    }
    return darkest;
  }

  [[nodiscard]] static int rounded(int dividend, int divisor) {
    return (2 * dividend + divisor) / (2 * divisor);
  }

  [[nodiscard]] int lighter_end(int above, int from, int below, int to) const {
    return std::max(gray_.at<std::uint8_t>(above, from), gray_.at<std::uint8_t>(below, to));
  }

  cv::Mat gray_;
  cv::Mat mask_;
  cv::Mat out_;
};

}  // namespace

cv::Mat without_lines_repaired(const cv::Mat& gray, const LineRepairSettings& settings) {
  CV_Assert(settings.thickness >= 0 && settings.margin >= 0);
  // A length that no line has.
  const int never = 2 * std::max(gray.rows, gray.cols) + 1;
  const int rows = settings.thickness == 0 ? 0 : settings.thickness + 2 * settings.margin;
  const cv::Mat across =
      line_mask(gray, {.h_size = settings.h_size, .v_size = never, .dilate_iter = settings.margin});
  const cv::Mat down =
      line_mask(gray, {.h_size = never, .v_size = settings.v_size, .dilate_iter = settings.margin});
  const cv::Mat without_rows = Repair(gray, across).without(rows);
  return Repair(without_rows.t(), down.t()).without(rows).t();
}

}  // namespace ocrtune
