#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "ocrtune/ocr/lstm/beam_heap.h"

namespace ocrtune::lstm {

/// Rank of a class in a step: the two best (and the null class), the next few, the rest.
enum class Rank : std::uint8_t { best, good, other };

/// The scores of one time step: ranks of the classes, and log probabilities ("certainties") with
/// the float arithmetic of Tesseract.
class BeamScores {
 public:
  /// The least certainty.
  static constexpr float kMinCertainty = -20.0F;

  BeamScores(int classes, int null_code)
      : ranks_(static_cast<std::size_t>(classes), Rank::other), null_code_(null_code) {}

  /// Borrows the softmax of one step, which must have as many classes as this. Assigns only the
  /// rank best at first.
  void take(std::span<const float> probabilities);
  /// Assigns the other ranks.
  void rank_all();

  [[nodiscard]] Rank rank(int code) const { return ranks_[at(code)]; }
  /// The classes of rank best.
  [[nodiscard]] std::span<const int> best() const { return {best_.data(), best_count_}; }

  /// Certainty of a class alone.
  [[nodiscard]] float alone(int code) const;
  /// Certainty of a class or null: where the class begins or ends, both mean the same.
  [[nodiscard]] float with_null(int code) const;
  /// As with_null, plus the class before it if the two are the step's best: in the step between two
  /// characters all three mean the same.
  [[nodiscard]] float with_null_after(int code, int before) const;

 private:
  static constexpr int kTop = 5;
  /// Certainties of the best classes, computed once per step; any others on demand.
  struct Known {
    float alone, with_null, with_both;
  };

  static std::size_t at(int code) { return static_cast<std::size_t>(code); }
  [[nodiscard]] bool find_best();
  [[nodiscard]] bool place(std::uint32_t first, std::uint32_t second);
  void rank_one(int code, Rank rank);
  [[nodiscard]] float with_both(int code, int before) const;
  [[nodiscard]] const Known* known(int code) const;

  std::vector<Rank> ranks_;
  std::span<const float> probabilities_;
  std::array<int, kTop + 4> ranked_{};  ///< classes whose rank may not be Rank::other
  std::size_t ranked_count_ = 0;
  std::array<int, 3> best_{};
  std::array<Known, 3> known_{};
  std::size_t best_count_ = 0;
  int first_ = -1;
  int second_ = -1;
  int null_code_;
  bool all_ranked_ = false;
};

}  // namespace ocrtune::lstm
