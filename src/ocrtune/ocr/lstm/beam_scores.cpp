#include "ocrtune/ocr/lstm/beam_scores.h"

#include <cmath>

namespace ocrtune::lstm {
namespace {

/// Added to all certainties, in double.
constexpr double kOffset = -0.085;

const float kLeastProbability = std::exp(BeamScores::kLeastCertainty);

float certainty(float probability) {
  const float log =
      probability > kLeastProbability ? std::log(probability) : BeamScores::kLeastCertainty;
  return static_cast<float>(static_cast<double>(log) + kOffset);
}

}  // namespace

void BeamScores::take(std::span<const float> probabilities) {
  probabilities_ = probabilities;
  rank_classes();
  for (std::size_t i = 0; i < best_count_; ++i) {
    const int code = best_[i];
    known_[i].alone = certainty(probabilities_[at(code)]);
    if (code == null_code_) continue;
    known_[i].with_null = certainty(probabilities_[at(code)] + probabilities_[at(null_code_)]);
    const int other = code == first_ ? second_ : first_;
    known_[i].with_both =
        other >= 0 && other != null_code_ ? with_both(code, other) : known_[i].with_null;
  }
}

void BeamScores::rank_classes() {
  for (std::size_t i = 0; i < ranked_count_; ++i) ranks_[at(ranked_[i])] = Rank::other;
  BeamHeap<kTop + 1> top;
  float least = 0;
  for (std::size_t code = 0; code < probabilities_.size(); ++code) {
    if (top.size() == kTop && !(probabilities_[code] > least)) continue;
    top.push({probabilities_[code], static_cast<int>(code)});
    if (top.size() > kTop) top.pop();
    least = top.least().key;
  }
  ranked_count_ = 0;
  best_count_ = 0;
  first_ = second_ = -1;
  while (top.size() > 0) {
    const int code = top.pop().value;
    ranked_[ranked_count_++] = code;
    ranks_[at(code)] = top.size() > 1 ? Rank::good : Rank::best;
    if (top.size() == 1) second_ = code;
    if (top.size() == 0) first_ = code;
    if (top.size() <= 1) best_[best_count_++] = code;
  }
  if (ranks_[at(null_code_)] == Rank::other) ranked_[ranked_count_++] = null_code_;
  if (ranks_[at(null_code_)] != Rank::best) best_[best_count_++] = null_code_;
  ranks_[at(null_code_)] = Rank::best;
}

const BeamScores::Known* BeamScores::known(int code) const {
  for (std::size_t i = 0; i < best_count_; ++i) {
    if (best_[i] == code) return &known_[i];
  }
  return nullptr;
}

float BeamScores::alone(int code) const {
  const Known* score = known(code);
  return score != nullptr ? score->alone : certainty(probabilities_[at(code)]);
}

float BeamScores::with_null(int code) const {
  const Known* score = known(code);
  return score != nullptr ? score->with_null
                          : certainty(probabilities_[at(code)] + probabilities_[at(null_code_)]);
}

float BeamScores::with_null_after(int code, int before) const {
  const bool both = (before == first_ && code == second_) || (code == first_ && before == second_);
  if (!both) return with_null(code);
  const Known* score = known(code);
  return score != nullptr ? score->with_both : with_both(code, before);
}

float BeamScores::with_both(int code, int before) const {
  return certainty(probabilities_[at(code)] + probabilities_[at(null_code_)] +
                   probabilities_[at(before)]);
}

}  // namespace ocrtune::lstm
