#pragma once

#include <span>
#include <vector>

#include "ocrtune/ocr/lstm/recoder.h"

namespace ocrtune::lstm {

/// The codes of a recoder as a tree: a state is a prefix of codes. Immutable; thread-safe.
class BeamCodes {
 public:
  static constexpr int kRoot = 0;

  /// A class that continues a prefix.
  struct Way {
    int code = -1;    ///< the class
    int target = -1;  ///< the unichar it ends (−1: none), or the state it leads to
  };

  /// `disabled`: whether a unichar is not to be recognized (Tesseract's blacklist); may be shorter.
  explicit BeamCodes(const Recoder& recoder, const std::vector<bool>& disabled = {});

  /// Classes that end a code, in the recoder's order.
  [[nodiscard]] std::span<const Way> finals(int state) const { return states_[at(state)].finals; }
  /// Classes that continue without ending a code, in the recoder's order.
  [[nodiscard]] std::span<const Way> nexts(int state) const { return states_[at(state)].nexts; }
  /// Classes of the longest code.
  [[nodiscard]] int longest() const { return longest_; }
  /// One more than the highest class.
  [[nodiscard]] int classes() const { return classes_; }

 private:
  struct State {
    std::vector<Way> finals;
    std::vector<Way> nexts;
  };

  static std::size_t at(int state) { return static_cast<std::size_t>(state); }

  std::vector<State> states_;
  int longest_ = 1;
  int classes_ = 0;
};

/// The ways of one state whose classes are among a step's best, found without a loop over all ways:
/// their targets, and their positions in the state's order.
class BeamWays {
 public:
  BeamWays(std::span<const BeamCodes::Way> ways, int classes);

  /// Sorts the ways of `codes`, which must be distinct, into the state's order.
  std::span<const BeamCodes::Way> select(std::span<const int> codes);

 private:
  std::span<const BeamCodes::Way> ways_;
  std::vector<int> places_;  ///< of each class in ways_, −1: none
  std::vector<BeamCodes::Way> selected_;
};

}  // namespace ocrtune::lstm
