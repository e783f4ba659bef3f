#include "ocrtune/kernels/measure/dark_borders.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "ocrtune/kernels/measure/component_boxes.h"
#include "ocrtune/kernels/measure/gray_statistics.h"
#include "ocrtune/kernels/measure/letters.h"
#include "ocrtune/kernels/measure/paper_level.h"

namespace ocrtune {

namespace {

constexpr int kMinLettersOfText = 3;

/// The page without its outer parts; empty if nothing is left.
cv::Rect inner_part(const cv::Mat& gray, const BorderLimits& limits) {
  const int x = std::min(limits.left_right, (gray.cols + 1) / 2);
  const int y = std::min(limits.top_bottom, (gray.rows + 1) / 2);
  return {x, y, std::max(gray.cols - 2 * x, 0), std::max(gray.rows - 2 * y, 0)};
}

/// Pixels of `run` in columns from `first` to before `last`.
int overlap(const ComponentRun& run, int first, int last) {
  return std::max(0, std::min(run.end, last) - std::max(run.begin, first));
}

/// Lengths of each component along the edges of the page, and along those of its inner part.
struct Contact {
  int outside = 0;
  int inside = 0;
};

std::vector<Contact> contacts(const Components& parts, const cv::Size& page, const cv::Rect& inner,
                              const cv::Mat& dark) {
  std::vector<Contact> result(parts.boxes.size());
  for (const ComponentRun& run : parts.runs) {
    Contact& contact = result[run.component];
    if (run.y == 0 || run.y == page.height - 1) contact.outside += run.end - run.begin;
    if (run.begin == 0) ++contact.outside;
    if (run.end == page.width) ++contact.outside;
    if (inner.empty()) continue;
    const std::uint8_t* row = dark.ptr<std::uint8_t>(run.y);
    const bool beside = run.y >= inner.y && run.y < inner.br().y;
    if (beside && run.end == inner.x && row[inner.x] != 0) ++contact.inside;
    if (beside && run.begin == inner.br().x && row[inner.br().x - 1] != 0) ++contact.inside;
    if (run.y == inner.y - 1 || run.y == inner.br().y)
      contact.inside += overlap(run, inner.x, inner.br().x);
  }
  return result;
}

template <typename Chosen>
cv::Mat painted(const Components& parts, const cv::Size& page, Chosen chosen) {
  cv::Mat mask(page, CV_8UC1, cv::Scalar(0));
  for (const ComponentRun& run : parts.runs) {
    if (!chosen(run.component)) continue;
    std::fill_n(mask.ptr<std::uint8_t>(run.y) + run.begin, run.end - run.begin, std::uint8_t{255});
  }
  return mask;
}

/// Whether the mask surrounds a box.
bool surrounds(const cv::Mat& mask, const ComponentBox& box) {
  const cv::Rect around(box.left - 1, box.top - 1, box.width() + 2, box.height() + 2);
  if ((around & cv::Rect(0, 0, mask.cols, mask.rows)) != around) return false;
  const cv::Mat part = mask(around);
  const int marked = cv::countNonZero(part.row(0)) + cv::countNonZero(part.row(part.rows - 1)) +
                     cv::countNonZero(part.col(0)) + cv::countNonZero(part.col(part.cols - 1));
  return 10 * marked >= 8 * 2 * (around.width + around.height);
}

/// Removes the components that contain light letters from the mask.
void leave_bars_of_letters(const cv::Mat& light, int letter, cv::Mat& mask) {
  const std::vector<ComponentBox> boxes = component_boxes(light, Connectivity::four);
  const Components bars = components(mask);
  std::vector<int> letters(bars.boxes.size());
  for (const std::size_t index : letters_among(boxes)) {
    const ComponentBox& box = boxes[index];
    if (2 * box.height() < letter || !surrounds(mask, box)) continue;
    // The component that contains the box has the run to the left of its uppermost row.
    const auto after = std::ranges::upper_bound(bars.runs, std::pair{box.top - 1, box.left}, {},
                                                [](const ComponentRun& run) {
                                                  return std::pair{run.y, run.begin};
                                                });
    if (after != bars.runs.begin()) ++letters[std::prev(after)->component];
  }
  mask &=
      painted(bars, mask.size(), [&](std::size_t bar) { return letters[bar] < kMinLettersOfText; });
}

/// Adds the soft rims of the mask: pixels darker than paper that are not part of other ink.
cv::Mat with_rims(const cv::Mat& gray, const cv::Mat& dark, const cv::Mat& mask,
                  const BorderLimits& limits) {
  const auto square = [](int reach) {
    return cv::Mat::ones(2 * reach + 1, 2 * reach + 1, CV_8UC1);
  };
  cv::Mat ink = dark & ~mask;
  cv::dilate(ink, ink, square(std::max(1, limits.letter / 10)));
  cv::Mat near;
  cv::dilate(mask, near, square(std::clamp(limits.letter, 1, 200)));
  cv::Mat next;
  cv::dilate(mask, next, square(std::clamp(limits.letter / 10, 1, 20)));
  const int paper = paper_level(gray);
  const int shade = paper - paper / 8;
  const cv::Mat shaded = gray < shade;
  return mask | (((near & shaded) | next) & ~ink);
}

}  // namespace

cv::Mat dark_borders(const cv::Mat& gray, const BorderLimits& limits) {
  CV_Assert(!gray.empty() && gray.type() == CV_8UC1);
  CV_Assert(limits.left_right >= 0 && limits.top_bottom >= 0 && limits.letter >= 1);
  const cv::Rect inner = inner_part(gray, limits);
  const Histogram levels = histogram(gray);
  const cv::Mat dark = gray <= otsu_threshold(levels);
  cv::Mat outer = dark.clone();
  outer(inner).setTo(0);
  const Components parts = components(outer);
  const std::vector<Contact> contact = contacts(parts, gray.size(), inner, dark);
  cv::Mat mask = painted(parts, gray.size(), [&](std::size_t part) {
    return contact[part].outside >= 3 * limits.letter &&
           2 * contact[part].inside < contact[part].outside;
  });
  if (cv::countNonZero(mask) == 0) return {};
  leave_bars_of_letters(255 - dark, limits.letter, mask);
  if (cv::countNonZero(mask) == 0) return {};
  return with_rims(gray, dark, mask, limits);
}

}  // namespace ocrtune
