#pragma once

#include <cstddef>
#include <map>
#include <numeric>
#include <vector>

namespace ocrtune {

/// Items numbered from 0, joined into groups: disjoint sets with path halving.
class Groups {
 public:
  explicit Groups(std::size_t size) : parent_(size) {
    std::iota(parent_.begin(), parent_.end(), std::size_t{0});
  }

  /// The group of an item, identified by its least item.
  std::size_t of(std::size_t thing) {
    while (parent_[thing] != thing) {
      parent_[thing] = parent_[parent_[thing]];
      thing = parent_[thing];
    }
    return thing;
  }

  void join(std::size_t a, std::size_t b) {
    a = of(a);
    b = of(b);
    if (a < b) {
      parent_[b] = a;
    } else {
      parent_[a] = b;
    }
  }

  /// The items of each group in order, by the least of them.
  std::map<std::size_t, std::vector<std::size_t>> all() {
    std::map<std::size_t, std::vector<std::size_t>> groups;
    for (std::size_t i = 0; i < parent_.size(); ++i) groups[of(i)].push_back(i);
    return groups;
  }

 private:
  std::vector<std::size_t> parent_;
};

}  // namespace ocrtune
