#include "ocrtune/kernels/measure/component_boxes.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstring>

namespace ocrtune {

namespace {

using Label = std::uint32_t;

/// A row of an image with a byte per pixel.
class ByteRow {
 public:
  ByteRow(const cv::Mat& mask, int y) : row_(mask.ptr<std::uint8_t>(y)), end_(mask.cols) {}

  /// The next pixel from `x` on that is not 0, or the row's end.
  [[nodiscard]] int next_ink(int x) const {
    while (x + 8 <= end_) {
      std::uint64_t word = 0;
      std::memcpy(&word, row_ + x, sizeof word);
      if (word != 0) break;
      x += 8;
    }
    while (x < end_ && row_[x] == 0) ++x;
    return x;
  }

  /// The next pixel from `x` on that is 0, or the row's end.
  [[nodiscard]] int end_of_ink(int x) const {
    while (x < end_ && row_[x] != 0) ++x;
    return x;
  }

 private:
  const std::uint8_t* row_;
  int end_;
};

/// The same of an image with a bit per pixel.
class BitRow {
 public:
  BitRow(const PackedBits& bits, int y)
      : words_(bits.words + y * bits.words_per_row), end_(bits.size.width) {}

  [[nodiscard]] int next_ink(int x) const { return next(x, 0); }
  [[nodiscard]] int end_of_ink(int x) const { return next(x, ~std::uint32_t{0}); }

 private:
  /// The next bit from `x` on that differs from those of `background`.
  [[nodiscard]] int next(int x, std::uint32_t background) const {
    constexpr int kBits = 32;
    while (x < end_) {
      const int skipped = x % kBits;
      const std::uint32_t word = (words_[x / kBits] ^ background) << skipped;
      if (word != 0) return std::min(end_, x + std::countl_zero(word));
      x += kBits - skipped;
    }
    return end_;
  }

  const std::uint32_t* words_;
  int end_;
};

/// The components so far as a forest: the root of a tree is its oldest label.
class Forest {
 public:
  Label grow(const ComponentRun& run) {
    const auto label = static_cast<Label>(parents_.size());
    parents_.push_back(label);
    boxes_.push_back({run.begin, run.y, run.end, run.y + 1, run.end - run.begin});
    return label;
  }

  void add(const ComponentRun& run) {
    ComponentBox& box = boxes_[run.component];
    box.left = std::min(box.left, run.begin);
    box.right = std::max(box.right, run.end);
    box.bottom = run.y + 1;
    box.area += run.end - run.begin;
  }

  Label root(Label label) {
    while (parents_[label] != label) {
      parents_[label] = parents_[parents_[label]];
      label = parents_[label];
    }
    return label;
  }

  Label join(Label a, Label b) {
    a = root(a);
    b = root(b);
    if (a == b) return a;
    if (b < a) std::swap(a, b);
    parents_[b] = a;
    ComponentBox& kept = boxes_[a];
    const ComponentBox& gone = boxes_[b];
    kept.left = std::min(kept.left, gone.left);
    kept.top = std::min(kept.top, gone.top);
    kept.right = std::max(kept.right, gone.right);
    kept.bottom = std::max(kept.bottom, gone.bottom);
    kept.area += gone.area;
    return a;
  }

  /// Numbers the roots in order; `numbers` gets for each label the number of its root.
  std::vector<ComponentBox> take_boxes(std::vector<Label>& numbers) {
    numbers.resize(parents_.size());
    Label count = 0;
    for (Label label = 0; label < parents_.size(); ++label) {
      // A root is older than its descendants.
      if (parents_[label] != label) {
        numbers[label] = numbers[parents_[label]];
        continue;
      }
      boxes_[count] = boxes_[label];
      numbers[label] = count++;
    }
    boxes_.resize(count);
    return std::move(boxes_);
  }

 private:
  std::vector<Label> parents_;
  std::vector<ComponentBox> boxes_;
};

/// Calls `keep` for each row's runs, whose labels are those of the forest.
template <class Row, class Image, typename Keep>
void scan(const Image& image, cv::Size size, Connectivity connectivity, Forest& forest, Keep keep) {
  // Runs that end (begin) one pixel off touch at corners.
  const int reach = connectivity == Connectivity::eight ? 0 : 1;
  std::vector<ComponentRun> above;
  std::vector<ComponentRun> here;
  above.reserve(static_cast<std::size_t>(size.width) / 2 + 1);
  here.reserve(above.capacity());
  for (int y = 0; y < size.height; ++y) {
    const Row row(image, y);
    here.clear();
    std::size_t first = 0;
    for (int x = row.next_ink(0); x < size.width; x = row.next_ink(x)) {
      ComponentRun run{y, x, row.end_of_ink(x)};
      x = run.end;
      while (first < above.size() && above[first].end < run.begin + reach) ++first;
      bool joined = false;
      for (std::size_t i = first; i < above.size() && above[i].begin <= run.end - reach; ++i) {
        const Label other = above[i].component;
        run.component = joined ? forest.join(run.component, other) : forest.root(other);
        joined = true;
      }
      if (joined) {
        forest.add(run);
      } else {
        run.component = forest.grow(run);
      }
      here.push_back(run);
    }
    keep(here);
    std::swap(above, here);
  }
}

void ignore(const std::vector<ComponentRun>& /*runs*/) {}

std::vector<ComponentBox> boxes_of(Forest& forest) {
  std::vector<Label> numbers;
  return forest.take_boxes(numbers);
}

}  // namespace

Components components(const cv::Mat& mask, Connectivity connectivity) {
  CV_Assert(mask.empty() || mask.type() == CV_8UC1);
  Forest forest;
  Components found;
  scan<ByteRow>(mask, mask.size(), connectivity, forest,
                [&](const std::vector<ComponentRun>& runs) {
                  found.runs.insert(found.runs.end(), runs.begin(), runs.end());
                });
  std::vector<Label> numbers;
  found.boxes = forest.take_boxes(numbers);
  for (ComponentRun& run : found.runs) run.component = numbers[run.component];
  return found;
}

std::vector<ComponentBox> component_boxes(const cv::Mat& mask, Connectivity connectivity) {
  CV_Assert(mask.empty() || mask.type() == CV_8UC1);
  Forest forest;
  scan<ByteRow>(mask, mask.size(), connectivity, forest, ignore);
  return boxes_of(forest);
}

std::vector<ComponentBox> component_boxes(const PackedBits& bits, Connectivity connectivity) {
  Forest forest;
  scan<BitRow>(bits, bits.size, connectivity, forest, ignore);
  return boxes_of(forest);
}

}  // namespace ocrtune
