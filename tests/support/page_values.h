#pragma once

#include <cstddef>
#include <vector>

#include "ocrtune/base/random.h"
#include "ocrtune/search/samplers/pruner.h"

namespace ocrtune::test {

/// How trials and pages are made up: value = page's level + the point's quality times the page's
/// reach + noise.
struct CorpusShape {
  std::size_t pages = 12;
  std::size_t first_page = 0;
  double noise = 1;
  bool one_page_tells = false;  ///< one page, the one with the highest id, reaches far
};

/// Values of trials on pages that go up and down together. The same seed gives the same.
class MadeUpTrials {
 public:
  MadeUpTrials(CorpusShape shape, std::uint64_t seed) : shape_(shape), random_(seed) {
    for (std::size_t i = 0; i < shape_.pages; ++i) {
      ids_.push_back(shape_.first_page + 3 * i);
      levels_.push_back(random_.uniform(-50, 50));
      reaches_.push_back(shape_.one_page_tells ? 0.1 : random_.uniform(0.5, 2));
    }
    if (shape_.one_page_tells) reaches_.back() = 20;
  }

  [[nodiscard]] const std::vector<std::size_t>& pages() const { return ids_; }

  /// The next trial, in the order of pages().
  std::vector<PageValue> next() { return next(random_.normal(0, 1)); }

  /// A trial of a quality; small is good.
  std::vector<PageValue> next(double quality) {
    std::vector<PageValue> values;
    for (std::size_t i = 0; i < shape_.pages; ++i) {
      const double noise = random_.normal(0, shape_.noise);
      values.push_back({.page = ids_[i], .value = levels_[i] + quality * reaches_[i] + noise});
    }
    return values;
  }

 private:
  CorpusShape shape_;
  Random random_;
  std::vector<std::size_t> ids_;
  std::vector<double> levels_;
  std::vector<double> reaches_;
};

}  // namespace ocrtune::test
