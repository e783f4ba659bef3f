#include "ocrtune/metrics/coverage.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <opencv2/core.hpp>
#include <utility>

#include "ocrtune/kernels/lines/leaders.h"
#include "ocrtune/kernels/measure/component_boxes.h"
#include "ocrtune/kernels/measure/ink.h"
#include "ocrtune/kernels/measure/letters.h"

namespace ocrtune {
namespace {

constexpr std::size_t kFewMarks = 10;

/// If there are so few clear marks, there may be many times as much faint text.
constexpr std::size_t kHardlyAny = 100;
constexpr std::size_t kManyTimes = 4;

std::vector<ComponentBox> letters_of(const cv::Mat& ink) {
  const std::vector<ComponentBox> boxes = component_boxes(ink);
  std::vector<std::size_t> without_leaders;
  std::ranges::set_difference(letters_among(boxes), leaders_among(boxes, kLeaderGap),
                              std::back_inserter(without_leaders));
  std::vector<ComponentBox> letters;
  letters.reserve(without_leaders.size());
  for (const std::size_t i : without_leaders) letters.push_back(boxes[i]);
  if (letters.empty()) return letters;
  const double usual = median_height(letters);
  std::erase_if(letters, [&](const ComponentBox& box) {
    return box.height() < 0.4 * usual || box.height() > 3 * usual;
  });
  return letters;
}

/// Words by the bands of rows that they overlap.
class WordRows {
 public:
  explicit WordRows(const OcrResult& ocr_result)
      : rows_(static_cast<std::size_t>(std::max(0, ocr_result.height)) / kRows + 1) {
    for (const Word& word : ocr_result.words) {
      const int margin = (word.bottom - word.top) / 4;
      const cv::Rect frame(cv::Point(word.left - margin, word.top - margin),
                           cv::Point(word.right + margin, word.bottom + margin));
      for (std::size_t row = row_at(frame.y); row <= row_at(frame.br().y); ++row)
        rows_[row].push_back(frame);
    }
  }

  [[nodiscard]] bool has(const cv::Point& place) const {
    return std::ranges::any_of(rows_[row_at(place.y)],
                               [&](const cv::Rect& frame) { return frame.contains(place); });
  }

 private:
  static constexpr std::size_t kRows = 32;  // px

  [[nodiscard]] std::size_t row_at(int y) const {
    return std::min(static_cast<std::size_t>(std::max(0, y)) / kRows, rows_.size() - 1);
  }

  std::vector<std::vector<cv::Rect>> rows_;
};

std::vector<cv::Point> centres_of(const std::vector<ComponentBox>& boxes) {
  std::vector<cv::Point> centres;
  centres.reserve(boxes.size());
  for (const ComponentBox& box : boxes)
    centres.emplace_back((box.left + box.right) / 2, (box.top + box.bottom) / 2);
  return centres;
}

/// Letters of a page, of dark ink or of light.
struct Letters {
  std::vector<ComponentBox> boxes;
  bool light = false;
};

Letters more_letters(const InkMasks& ink) {
  std::vector<ComponentBox> dark = letters_of(ink.dark);
  std::vector<ComponentBox> light = letters_of(ink.light);
  if (light.size() > dark.size()) return {.boxes = std::move(light), .light = true};
  return {.boxes = std::move(dark)};
}

std::vector<cv::Point> marks_of(const InkMasks& ink) { return centres_of(more_letters(ink).boxes); }

}  // namespace

std::vector<cv::Point> text_marks(const cv::Mat& gray) {
  std::vector<cv::Point> marks = marks_of(ink_masks(gray));
  if (marks.size() >= kHardlyAny) return marks;
  std::vector<cv::Point> faint = marks_of(faint_ink_masks(gray));
  return faint.size() >= std::max(kFewMarks, kManyTimes * marks.size()) ? faint : marks;
}

std::vector<cv::Point> faint_text_marks(const cv::Mat& gray) {
  const bool light = more_letters(ink_masks(gray)).light;
  const InkMasks faint = faint_ink_masks(gray);
  return centres_of(letters_of(light ? faint.light : faint.dark));
}

namespace {

bool is_blank_plane(const cv::Mat& plane) {
  return marks_of(ink_masks(plane)).empty() && marks_of(faint_ink_masks(plane)).empty();
}

/// On its side too: a single line has few neighbours across.
bool is_blank_both_ways(const cv::Mat& plane) {
  return is_blank_plane(plane) && is_blank_plane(plane.t());
}

}  // namespace

bool is_blank(const cv::Mat& gray, const cv::Mat& colour) {
  // Of 108 pages with text, the one with the fewest has 292 clear ones, and 9 when it is on its
  // side; pieces of scans without text have none.
  constexpr std::size_t kSmall = 200'000;
  if (gray.total() < kSmall || !is_blank_both_ways(gray)) return false;
  if (colour.empty()) return true;
  std::vector<cv::Mat> planes;
  cv::split(colour, planes);
  return std::ranges::all_of(planes, is_blank_both_ways);
}

std::optional<double> coverage(std::span<const cv::Point> marks, const OcrResult& ocr_result) {
  if (marks.size() < kFewMarks) return std::nullopt;
  const WordRows words(ocr_result);
  const auto covered =
      std::ranges::count_if(marks, [&](const cv::Point& mark) { return words.has(mark); });
  return static_cast<double>(covered) / static_cast<double>(marks.size());
}

}  // namespace ocrtune
