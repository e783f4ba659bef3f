#include "ocrtune/ocr/lstm/beam_scores.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace ocrtune::lstm {
namespace {

/// Added to all certainties, in double.
constexpr double kOffset = -0.085;

const float kMinProbability = std::exp(BeamScores::kMinCertainty);

float certainty(float probability) {
  const float log =
      probability > kMinProbability ? std::log(probability) : BeamScores::kMinCertainty;
  return static_cast<float>(static_cast<double>(log) + kOffset);
}

/// Values that are processed together.
constexpr std::size_t kLanes = 16;

bool any_from(const float* values, float limit) {
  int high = 0;
  for (std::size_t i = 0; i < kLanes; ++i) high += static_cast<int>(values[i] >= limit);
  return high > 0;
}

}  // namespace

void BeamScores::take(std::span<const float> probabilities) {
  probabilities_ = probabilities;
  for (std::size_t i = 0; i < ranked_count_; ++i) ranks_[at(ranked_[i])] = Rank::other;
  ranked_count_ = 0;
  all_ranked_ = false;
  if (!find_best()) rank_all();
  best_count_ = 0;
  for (const int code : {first_, second_}) {
    if (code < 0 || code == null_code_) continue;
    rank_one(code, Rank::best);
    best_[best_count_++] = code;
  }
  rank_one(null_code_, Rank::best);
  best_[best_count_++] = null_code_;
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

void BeamScores::rank_one(int code, Rank rank) {
  ranks_[at(code)] = rank;
  ranked_[ranked_count_++] = code;
}

/// Finds the two most probable classes if they do not depend on the method of search: false if
/// equal values, negative numbers or NaN are among the highest. Compares the bits: as unsigned
/// numbers they have the order of the floats, and NaN comes after infinity.
bool BeamScores::find_best() {
  std::array<std::uint32_t, kLanes> high{};
  std::array<std::uint32_t, kLanes> low{};
  const auto put = [](std::uint32_t value, std::uint32_t& first, std::uint32_t& second) {
    second = std::max(second, std::min(first, value));
    first = std::max(first, value);
  };
  const float* values = probabilities_.data();
  const std::size_t count = probabilities_.size();
  std::size_t i = 0;
  for (; i + kLanes <= count; i += kLanes) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      put(std::bit_cast<std::uint32_t>(values[i + lane]), high[lane], low[lane]);
    }
  }
  for (; i < count; ++i) put(std::bit_cast<std::uint32_t>(values[i]), high[0], low[0]);
  std::uint32_t first = 0;
  std::uint32_t second = 0;
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    put(high[lane], first, second);
    put(low[lane], first, second);
  }
  constexpr auto kInfinity = std::bit_cast<std::uint32_t>(std::numeric_limits<float>::infinity());
  if (first > kInfinity || first == second) return false;
  return place(first, second);
}

/// Finds the classes of the two highest probabilities, given as bits; false if there are more.
bool BeamScores::place(std::uint32_t first, std::uint32_t second) {
  const auto limit = std::bit_cast<float>(second);
  const std::size_t count = probabilities_.size();
  int found = 0;
  for (std::size_t begin = 0; begin < count; begin += kLanes) {
    const std::size_t end = std::min(begin + kLanes, count);
    const float* values = &probabilities_[begin];
    if (begin + kLanes <= count && !any_from(values, limit)) continue;
    for (std::size_t i = begin; i < end; ++i) {
      if (probabilities_[i] < limit) continue;
      ++found;
      const bool highest = std::bit_cast<std::uint32_t>(probabilities_[i]) == first;
      (highest ? first_ : second_) = static_cast<int>(i);
    }
  }
  return found == 2;
}

void BeamScores::rank_all() {
  if (all_ranked_) return;
  all_ranked_ = true;
  BeamHeap<kTop + 1> top;
  for (std::size_t code = 0; code < probabilities_.size(); ++code) {
    if (top.size() == kTop && !(probabilities_[code] > top.least().key)) continue;
    top.push({probabilities_[code], static_cast<int>(code)});
    if (top.size() > kTop) top.pop();
  }
  first_ = second_ = -1;
  while (top.size() > 0) {
    const int code = top.pop().value;
    if (top.size() > 1 && code != null_code_) rank_one(code, Rank::good);
    if (top.size() == 1) second_ = code;
    if (top.size() == 0) first_ = code;
  }
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
