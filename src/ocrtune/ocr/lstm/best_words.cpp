#include "ocrtune/ocr/lstm/best_words.h"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <span>
#include <utility>

#include "ocrtune/ocr/lstm/dictionary.h"

namespace ocrtune::lstm {
namespace {

// Tesseract's classify_max_rating_ratio and classify_max_certainty_margin.
constexpr double kRatingRatio = 1.5;
constexpr double kCertaintyMargin = 5.5;

/// The gap after a word.
struct Gap {
  int begin = -std::numeric_limits<int>::max();
  int end = std::numeric_limits<int>::max();
};

Gap gap_after(const std::vector<WordCandidate>& words, std::size_t index) {
  Gap gap;
  if (index < words.size()) gap.begin = words[index].right;
  if (index + 1 < words.size()) gap.end = words[index + 1].left;
  return gap;
}

struct Value {
  float rating = 0;
  float certainty = 0;
  bool missing = true;
  bool in_dictionary = true;
};

Value value_of(std::span<const WordCandidate> words) {
  Value value{.missing = words.empty(), .in_dictionary = !words.empty()};
  for (const WordCandidate& each : words) {
    value.rating += each.word.rating;
    value.certainty = std::min(value.certainty, each.word.certainty);
    if (each.word.permuter != static_cast<int>(Permuter::word)) value.in_dictionary = false;
  }
  return value;
}

bool is_better(const Value& next, const Value& best) {
  if (next.missing) return false;
  if (best.missing) return true;
  if (next.certainty > best.certainty && next.rating < best.rating) return true;
  const double most = static_cast<double>(best.rating) * kRatingRatio;
  const double least = static_cast<double>(best.certainty) - kCertaintyMargin;
  return !best.in_dictionary && next.in_dictionary && next.rating < most && next.certainty > least;
}

/// Two readings, gone through together.
struct Readings {
  std::vector<WordCandidate>& best;
  std::vector<WordCandidate>& next;
  std::size_t b = 0;
  std::size_t n = 0;

  [[nodiscard]] bool done() const { return b >= best.size() && n >= next.size(); }

  /// Advances both to the last words before a gap that they have in common.
  void find_common_gap() {
    while (!done()) {
      const Gap of_best = gap_after(best, b);
      const Gap of_next = gap_after(next, n);
      if (std::max(of_best.begin, of_next.begin) < std::min(of_best.end, of_next.end)) return;
      const bool advance_best =
          (of_best.begin < of_next.begin && b < best.size()) || n == next.size();
      ++(advance_best ? b : n);
    }
  }
};

}  // namespace

int select_best_words(std::vector<WordCandidate>& best, std::vector<WordCandidate> next) {
  Readings at{.best = best, .next = next};
  std::vector<WordCandidate> chosen;
  int balance = 0;
  while (!at.done()) {
    const std::size_t first_best = at.b;
    const std::size_t first_next = at.n;
    at.find_common_gap();
    at.b = std::min(at.b + 1, best.size());
    at.n = std::min(at.n + 1, next.size());
    const std::span of_best(best.data() + first_best, at.b - first_best);
    const std::span of_next(next.data() + first_next, at.n - first_next);
    const bool better = is_better(value_of(of_next), value_of(of_best));
    const auto taken = better ? of_next : of_best;
    std::ranges::move(taken, std::back_inserter(chosen));
    balance += better ? static_cast<int>(taken.size()) : -static_cast<int>(taken.size());
  }
  best = std::move(chosen);
  return balance;
}

}  // namespace ocrtune::lstm
