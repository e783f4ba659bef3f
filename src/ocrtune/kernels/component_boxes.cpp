#include "ocrtune/kernels/component_boxes.h"

#include <algorithm>
#include <cstddef>
#include <cstring>

namespace ocrtune {

namespace {

using Label = std::uint32_t;

struct Run {
  int begin = 0;
  int end = 0;
  Label label = 0;
};

/// The next pixel from `x` on that is not 0, or `end`.
int next_ink(const std::uint8_t* row, int x, int end) {
  while (x + 8 <= end) {
    std::uint64_t word = 0;
    std::memcpy(&word, row + x, sizeof word);
    if (word != 0) break;
    x += 8;
  }
  while (x < end && row[x] == 0) ++x;
  return x;
}

/// Components known so far as a forest: the root of a tree is its oldest label.
class Forest {
 public:
  Label grow(const Run& run, int y) {
    const auto label = static_cast<Label>(parents_.size());
    parents_.push_back(label);
    boxes_.push_back({run.begin, y, run.end, y + 1, run.end - run.begin});
    return label;
  }

  void add(const Run& run, int y) {
    ComponentBox& box = boxes_[run.label];
    box.left = std::min(box.left, run.begin);
    box.right = std::max(box.right, run.end);
    box.bottom = y + 1;
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

  std::vector<ComponentBox> take_roots() {
    std::size_t kept = 0;
    for (Label label = 0; label < parents_.size(); ++label) {
      if (parents_[label] == label) boxes_[kept++] = boxes_[label];
    }
    boxes_.resize(kept);
    return std::move(boxes_);
  }

 private:
  std::vector<Label> parents_;
  std::vector<ComponentBox> boxes_;
};

}  // namespace

std::vector<ComponentBox> component_boxes(const cv::Mat& mask) {
  CV_Assert(mask.empty() || mask.type() == CV_8UC1);
  Forest forest;
  std::vector<Run> above;
  std::vector<Run> here;
  above.reserve(static_cast<std::size_t>(mask.cols / 2 + 1));
  here.reserve(above.capacity());
  for (int y = 0; y < mask.rows; ++y) {
    const std::uint8_t* row = mask.ptr<std::uint8_t>(y);
    here.clear();
    std::size_t candidate = 0;
    for (int x = next_ink(row, 0, mask.cols); x < mask.cols; x = next_ink(row, x, mask.cols)) {
      Run run{x, x, 0};
      while (run.end < mask.cols && row[run.end] != 0) ++run.end;
      x = run.end;
      // Runs above that end at or after the pixel before this run touch it, corners included.
      while (candidate < above.size() && above[candidate].end < run.begin) ++candidate;
      bool joined = false;
      for (std::size_t i = candidate; i < above.size() && above[i].begin <= run.end; ++i) {
        run.label = joined ? forest.join(run.label, above[i].label) : forest.root(above[i].label);
        joined = true;
      }
      if (joined) {
        forest.add(run, y);
      } else {
        run.label = forest.grow(run, y);
      }
      here.push_back(run);
    }
    std::swap(above, here);
  }
  return forest.take_roots();
}

}  // namespace ocrtune
