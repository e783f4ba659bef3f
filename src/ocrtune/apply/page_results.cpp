#include "ocrtune/apply/page_results.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <tuple>
#include <utility>

#include "ocrtune/base/edit_distance.h"
#include "ocrtune/base/text.h"
#include "ocrtune/metrics/word_bag.h"
#include "ocrtune/ocr/columns/may_be_in_columns.h"

namespace ocrtune {
namespace {

/// Greater for the candidate to keep.
auto worth(const Candidate& candidate) {
  return std::tuple(candidate.failure.empty(), candidate.use.engine.empty(),
                    candidate.quality.net_legible);
}

/// Of those recognized by columns that are nearly as good as the best, the first with the most
/// lines.
std::size_t with_most_lines(const std::vector<Candidate>& candidates, std::size_t best) {
  constexpr double kNearlyAsGood = 0.85;
  const double least = kNearlyAsGood * candidates[best].quality.net_legible;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const Candidate& other = candidates[i];
    const bool may_be = other.by_columns && other.failure.empty() && other.use.engine.empty() &&
                        other.quality.net_legible >= least;
    if (may_be && other.lines > candidates[best].lines) best = i;
  }
  return best;
}

/// The similarity of their texts; 0 if there is no text to agree on.
double agreement_of(const OcrResult& a, const OcrResult& b) {
  const std::u32string letters = text_without_spaces(a);
  return letters.empty() ? 0 : similarity(letters, text_without_spaces(b));
}

/// The words that two OCR results do not have in common.
std::size_t changed_words(const OcrResult& a, const OcrResult& b) {
  const std::u32string left = comparable_code_points(plain_text(a));
  const std::u32string right = comparable_code_points(plain_text(b));
  return edit_distance(counted_words(left), counted_words(right));
}

/// By what the engine's confidences are.
EngineTrust trust_of(const Candidate& candidate, const OcrResult& result) {
  if (candidate.of_tesseract) return kTesseractTrust;
  const bool characters =
      std::ranges::any_of(result.words, [](const Word& word) { return !word.characters.empty(); });
  return characters ? kCharacterTrust : kWordTrust;
}

}  // namespace

std::size_t best_candidate(const std::vector<Candidate>& candidates) {
  std::size_t best = 0;
  for (std::size_t i = 1; i < candidates.size(); ++i) {
    if (worth(candidates[i]) > worth(candidates[best])) best = i;
  }
  return candidates[best].by_columns ? with_most_lines(candidates, best) : best;
}

void PageResults::add(Candidate candidate, OcrResult ocr_result) {
  voices_.push_back({std::move(ocr_result), candidate.quality.net_legible});
  candidates_.push_back(std::move(candidate));
}

bool PageResults::are_enough(const ChoiceRule& rule, bool more_engines) const {
  if (!rule.enough) return false;
  const Candidate& best = kept();
  if (!best.failure.empty() || !best.use.engine.empty()) return false;
  const bool confident =
      is_enough(best.quality.char_confidence, best.quality.legible, *rule.enough) &&
      !(more_engines && may_be_in_columns(kept_result()));
  return confident || another_engine_has_it(kEnginesAgree);
}

CombinedResult PageResults::combined(Choice choice, const Lexicon& lexicon) {
  const std::size_t best = best_candidate(candidates_);
  if (choice == Choice::best) return {.ocr_result = std::move(voices_[best].ocr_result)};
  if (!has_another_engine()) {
    VotedResult voted = vote(std::move(voices_), best);
    return {.ocr_result = std::move(voted.ocr_result), .changed = voted.changed};
  }
  const OcrResult kept = voices_[best].ocr_result;
  std::vector<EngineResult> engines = results_by_engine();
  const IsWord is_word = [&](std::string_view word) { return lexicon.contains(word); };
  CharacterVote voted =
      vote_by_characters(std::move(engines), lexicon.empty() ? IsWord() : is_word);
  CombinedResult combined{.ocr_result = std::move(voted.ocr_result),
                          .of_several_engines = voted.is_combined};
  combined.changed = changed_words(combined.ocr_result, kept);
  return combined;
}

// Whether an engine of the portfolio has recognized the page.
bool PageResults::has_another_engine() const {
  return std::ranges::any_of(candidates_, [](const Candidate& candidate) {
    return candidate.failure.empty() && !candidate.use.engine.empty();
  });
}

// Whether the OCR result of another engine has this similarity with the best.
bool PageResults::another_engine_has_it(double least) const {
  const OcrResult& best = kept_result();
  for (std::size_t i = 0; i < candidates_.size(); ++i) {
    if (!candidates_[i].use.engine.empty() && candidates_[i].failure.empty() &&
        agreement_of(best, voices_[i].ocr_result) >= least)
      return true;
  }
  return false;
}

// Index of the first candidate of the same engine and models.
std::size_t PageResults::first_of_engine(const PipelineUse& use) const {
  const auto first = std::ranges::find_if(candidates_, [&](const Candidate& candidate) {
    return candidate.use.engine == use.engine && candidate.use.tessdata == use.tessdata;
  });
  return static_cast<std::size_t>(first - candidates_.begin());
}

// Adds the results of an engine: of those with probabilities of characters each by itself, as
// vote() of its words loses what their alternatives add; of others what vote() makes of them.
void PageResults::add_engine(const std::vector<std::size_t>& members,
                             std::vector<EngineResult>& results) {
  std::vector<Candidate> candidates;
  std::vector<Voice> voices;
  for (const std::size_t i : members) {
    candidates.push_back(candidates_[i]);
    voices.push_back(std::move(voices_[i]));
  }
  EngineTrust trust = trust_of(candidates.front(), voices.front().ocr_result);
  if (trust != kCharacterTrust) {
    results.push_back({.ocr_result = vote(std::move(voices), best_candidate(candidates)).ocr_result,
                       .trust = trust});
    return;
  }
  // Their errors are alike: four results of one engine are evidence as two of different ones.
  trust.weight = 1 / std::sqrt(static_cast<double>(members.size()));
  for (Voice& voice : voices)
    results.push_back({.ocr_result = std::move(voice.ocr_result), .trust = trust});
}

// The combined result of each engine that has one: of those of the portfolio first, which find
// lines by themselves, and of the one that is asked for last, after its further models.
std::vector<EngineResult> PageResults::results_by_engine() {
  // By the order of the models, not by the names of their folders.
  using EngineAndFirst = std::pair<std::string, std::size_t>;
  std::map<EngineAndFirst, std::vector<std::size_t>, std::greater<>> by_engine;
  for (std::size_t i = 0; i < candidates_.size(); ++i) {
    const PipelineUse& use = candidates_[i].use;
    if (candidates_[i].failure.empty()) by_engine[{use.engine, first_of_engine(use)}].push_back(i);
  }
  std::vector<EngineResult> results;
  for (const auto& [engine, members] : by_engine) add_engine(members, results);
  return results;
}

}  // namespace ocrtune
