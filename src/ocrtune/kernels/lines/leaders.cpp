#include "ocrtune/kernels/lines/leaders.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <utility>

#include "ocrtune/kernels/measure/component_boxes.h"
#include "ocrtune/kernels/measure/ink.h"
#include "ocrtune/kernels/measure/letters.h"

namespace ocrtune {
namespace {

// Lengths in heights of letters.
constexpr double kMarkSide = 0.4;
constexpr double kRowLength = 5;
/// There is no other ink above and below a dot of a leader; dot-matrix print is of such rows too.
constexpr double kAlone = 0.9;
constexpr double kShareAlone = 0.9;

constexpr std::size_t kFewest = 8;
/// So many rows are no leaders but a halftone.
constexpr std::size_t kMostRows = 300;
constexpr double kSizesAlike = 1.8;
/// With more small marks for each letter they are noise.
constexpr std::size_t kMarksOfALetter = 100;
/// Of the distances, this share differs by no more than this from the usual one.
constexpr double kRegularShare = 0.8;
constexpr double kRegular = 0.3;

double middle_of(const ComponentBox& box) { return (box.top + box.bottom) / 2.0; }

bool are_alike(int a, int b) { return std::max(a, b) <= kSizesAlike * std::min(a, b) + 1; }

/// The median of the letters' heights, by the area of their boxes: on a page of leaders, dots are
/// many times as many as letters, and look like a line of small ones.
double usual_height(std::vector<ComponentBox> letters) {
  const auto area = [](const ComponentBox& box) {
    return static_cast<double>(box.width()) * box.height();
  };
  std::ranges::sort(letters, {}, &ComponentBox::height);
  double half = 0;
  for (const ComponentBox& box : letters) half += area(box) / 2;
  for (const ComponentBox& box : letters) {
    half -= area(box);
    if (half <= 0) return box.height();
  }
  return letters.back().height();
}

/// Finds rows among small marks.
class LeaderRows {
 public:
  LeaderRows(const std::vector<ComponentBox>& boxes, std::vector<std::size_t> marks, double letter,
             double gap)
      : boxes_(boxes),
        marks_(std::move(marks)),
        letter_(letter),
        gap_(gap),
        tolerance_(std::max(1.5, 0.1 * letter)),
        taken_(boxes.size(), false),
        passed_(boxes.size(), false) {
    std::ranges::sort(marks_, {}, [&](std::size_t mark) {
      return std::pair(boxes_[mark].left, boxes_[mark].top);
    });
    for (const std::size_t mark : marks_) band(band_of(boxes_[mark])).push_back(mark);
  }

  std::vector<std::size_t> found() {
    std::vector<std::size_t> found;
    std::size_t rows = 0;
    for (const std::size_t mark : marks_) {
      if (taken_[mark] || passed_[mark]) continue;
      const std::vector<std::size_t> row = row_from(mark);
      if (!is_leader(row)) {
        // Those rows are the rest of this one; else noise would take quadratic time.
        for (std::size_t i = 0; i < row.size() / 4; ++i) passed_[row[i]] = true;
        continue;
      }
      if (++rows > kMostRows) return {};
      if (!is_alone(row)) continue;
      for (const std::size_t one : row) {
        if (!taken_[one]) found.push_back(one);
        taken_[one] = true;
      }
    }
    std::ranges::sort(found);
    return found;
  }

 private:
  /// Marks whose middles may be within the tolerance are in the same band or in the next.
  [[nodiscard]] std::size_t band_of(const ComponentBox& box) const {
    return static_cast<std::size_t>(middle_of(box) / tolerance_) + 1;
  }

  std::vector<std::size_t>& band(std::size_t number) {
    if (bands_.size() < number + 2) bands_.resize(number + 2);
    return bands_[number];
  }

  /// The row to the right that begins with this mark.
  [[nodiscard]] std::vector<std::size_t> row_from(std::size_t first) const {
    std::vector<std::size_t> row{first};
    while (const std::optional<std::size_t> next = next_to(row.back())) row.push_back(*next);
    return row;
  }

  [[nodiscard]] std::optional<std::size_t> next_to(std::size_t last) const {
    const ComponentBox& from = boxes_[last];
    const double limit = from.right + gap_ * letter_;
    std::optional<std::size_t> next;
    for (std::size_t number = band_of(from) - 1; number <= band_of(from) + 1; ++number) {
      const std::vector<std::size_t>& marks = bands_[number];
      auto it = std::ranges::lower_bound(marks, from.right, {},
                                         [&](std::size_t mark) { return boxes_[mark].left; });
      for (; it != marks.end() && boxes_[*it].left <= limit; ++it) {
        if (!goes_on(from, boxes_[*it])) continue;
        if (!next || boxes_[*it].left < boxes_[*next].left) next = *it;
        break;
      }
    }
    return next;
  }

  [[nodiscard]] bool goes_on(const ComponentBox& from, const ComponentBox& box) const {
    return std::abs(middle_of(box) - middle_of(from)) <= tolerance_ &&
           are_alike(box.height(), from.height()) && are_alike(box.width(), from.width());
  }

  [[nodiscard]] bool is_leader(const std::vector<std::size_t>& row) const {
    if (row.size() < kFewest ||
        boxes_[row.back()].right - boxes_[row.front()].left < kRowLength * letter_)
      return false;
    std::vector<double> steps;
    for (std::size_t i = 1; i < row.size(); ++i)
      steps.push_back(boxes_[row[i]].left - boxes_[row[i - 1]].left);
    std::vector<double> sorted = steps;
    std::ranges::sort(sorted);
    const double usual = sorted[sorted.size() / 2];
    const auto regular = std::ranges::count_if(
        steps, [&](double step) { return std::abs(step - usual) <= kRegular * usual + 1; });
    return static_cast<double>(regular) >= kRegularShare * static_cast<double>(steps.size());
  }

  /// Whether most of its marks have nothing above and below them.
  [[nodiscard]] bool is_alone(const std::vector<std::size_t>& row) const {
    const double reach = kAlone * letter_;
    std::vector<bool> accompanied(row.size(), false);
    const int left = boxes_[row.front()].left;
    const int right = boxes_[row.back()].right;
    for (std::size_t i = 0; i < boxes_.size(); ++i) {
      const ComponentBox& box = boxes_[i];
      const double middle_of_row = middle_of(boxes_[row.front()]);
      if (box.right <= left || box.left >= right || box.bottom < middle_of_row - 2 * letter_ ||
          box.top > middle_of_row + 2 * letter_ || std::ranges::find(row, i) != row.end())
        continue;
      for (std::size_t k = 0; k < row.size(); ++k) {
        const ComponentBox& mark = boxes_[row[k]];
        const double middle = middle_of(mark);
        if (box.left < mark.right && box.right > mark.left && box.top < middle + reach &&
            box.bottom > middle - reach)
          accompanied[k] = true;
      }
    }
    const auto alone = std::ranges::count(accompanied, false);
    return static_cast<double>(alone) >= kShareAlone * static_cast<double>(row.size());
  }

  const std::vector<ComponentBox>& boxes_;
  std::vector<std::size_t> marks_;
  double letter_;
  double gap_;
  double tolerance_;
  std::vector<bool> taken_;
  std::vector<bool> passed_;                     // from which no row is looked for
  std::vector<std::vector<std::size_t>> bands_;  // of rows, each from left to right
};

}  // namespace

std::vector<std::size_t> leaders_among(const std::vector<ComponentBox>& boxes, double gap) {
  std::vector<ComponentBox> letters;
  for (const std::size_t i : letters_among(boxes)) letters.push_back(boxes[i]);
  if (letters.empty()) return {};
  const std::size_t most_marks = kMarksOfALetter * letters.size();
  const double letter = usual_height(std::move(letters));
  std::vector<std::size_t> small;
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    if (std::max(boxes[i].height(), boxes[i].width()) <= kMarkSide * letter) small.push_back(i);
  }
  if (small.size() > most_marks) return {};
  return LeaderRows(boxes, std::move(small), letter, gap).found();
}

std::vector<cv::Rect> leader_marks(const cv::Mat& gray, double gap) {
  const std::vector<ComponentBox> boxes = component_boxes(ink_masks(gray).dark);
  std::vector<cv::Rect> marks;
  for (const std::size_t i : leaders_among(boxes, gap)) {
    const ComponentBox& box = boxes[i];
    marks.emplace_back(box.left, box.top, box.width(), box.height());
  }
  return marks;
}

}  // namespace ocrtune
