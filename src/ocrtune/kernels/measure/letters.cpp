#include "ocrtune/kernels/measure/letters.h"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace ocrtune {

namespace {

constexpr int kMinHeight = 4;
/// Height in rows of a band for the search for neighbours, and how many of its last boxes are
/// compared.
constexpr int kBand = 32;
constexpr std::size_t kLookedAt = 12;

bool may_be_letter(const ComponentBox& box) {
  const int width = box.width();
  const int height = box.height();
  const std::int64_t frame = std::int64_t{width} * height;
  const bool stroke = height >= 3 * width;
  return height >= kMinHeight && width >= 2 && height <= 8 * width && width <= 5 * height &&
         100 * box.area >= 12 * frame && (stroke || 100 * box.area <= 95 * frame);
}

/// Whether two boxes are beside each other on a line.
bool are_neighbours(const ComponentBox& a, const ComponentBox& b) {
  const int shorter = std::min(a.height(), b.height());
  const int taller = std::max(a.height(), b.height());
  const int overlap = std::min(a.bottom, b.bottom) - std::max(a.top, b.top);
  const int gap = std::max(a.left, b.left) - std::min(a.right, b.right);
  return 10 * taller <= 22 * shorter && 10 * overlap >= 6 * shorter && gap <= taller;
}

}  // namespace

std::vector<std::size_t> letters_among(const std::vector<ComponentBox>& boxes) {
  std::vector<std::size_t> candidates;
  candidates.reserve(boxes.size());
  int bottom = 0;
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    if (!may_be_letter(boxes[i])) continue;
    candidates.push_back(i);
    bottom = std::max(bottom, boxes[i].bottom);
  }
  std::ranges::sort(candidates, {}, [&](std::size_t i) {
    return std::pair{boxes[i].left, boxes[i].top};
  });
  // For each band of rows, its boxes so far, in order of their left edges.
  std::vector<std::vector<std::size_t>> bands(static_cast<std::size_t>(bottom / kBand) + 1);
  std::vector<bool> has_neighbour(boxes.size());
  for (const std::size_t i : candidates) {
    for (int band = boxes[i].top / kBand; band <= (boxes[i].bottom - 1) / kBand; ++band) {
      std::vector<std::size_t>& before = bands[static_cast<std::size_t>(band)];
      const std::size_t first = before.size() - std::min(before.size(), kLookedAt);
      for (std::size_t other = first; other < before.size(); ++other) {
        if (!are_neighbours(boxes[before[other]], boxes[i])) continue;
        has_neighbour[i] = true;
        has_neighbour[before[other]] = true;
      }
      before.push_back(i);
    }
  }
  std::erase_if(candidates, [&](std::size_t i) { return !has_neighbour[i]; });
  std::ranges::sort(candidates);
  return candidates;
}

double median_height(const std::vector<ComponentBox>& letters) {
  std::vector<int> heights;
  heights.reserve(letters.size());
  for (const ComponentBox& box : letters) heights.push_back(box.height());
  const auto middle = heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 2);
  std::ranges::nth_element(heights, middle);
  return *middle;
}

}  // namespace ocrtune
