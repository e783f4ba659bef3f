#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <vector>

#include "ocrtune/apply/page_reader.h"
#include "ocrtune/ocr/lexicon.h"
#include "ocrtune/voting/character_vote.h"
#include "ocrtune/voting/vote.h"

namespace ocrtune {

/// How the OCR results of a page are combined: the best is kept, or the others vote along it.
enum class Choice { best, vote };

/// Rule for choosing from the OCR results of a page.
struct ChoiceRule {
  Choice choice = Choice::best;
  /// If the best OCR result so far is_enough() with this, and leaves out no faint text, no further
  /// pipeline is tried, nor if the OCR results of two engines agree (kEnginesAgree); unset: all are
  /// tried.
  std::optional<double> enough;
  bool looks_for_columns = true;  ///< pages in columns are recognized in page segmentation mode 3
};

/// Index of the candidate to keep: the one with the greatest net_legible, of equals the first;
/// those of the portfolio's own engines, whose confidences mean something else, come last. Of those
/// that were recognized by columns, the one with the most lines, if its net_legible is at least
/// 0.85 of the greatest: where columns are not told apart, lines are fewer and longer. Characters
/// with high confidence count for an OCR result, those with low confidence against it
/// (docs/explanation/best_of_every_page.md has the derivation).
std::size_t best_candidate(const std::vector<Candidate>& candidates);

/// What the OCR results of a page were combined into.
struct CombinedResult {
  OcrResult ocr_result;
  /// Combined from results of several engines, so that the confidences are probabilities.
  bool of_several_engines = false;
  std::size_t changed = 0;  ///< number of places or words where it differs from the best
};

/// The OCR results of a page, each with its candidate, in the order in which they were computed.
/// Not thread-safe.
class PageResults {
 public:
  void add(Candidate candidate, OcrResult ocr_result);

  [[nodiscard]] const std::vector<Candidate>& candidates() const { return candidates_; }
  /// The best_candidate() and its OCR result. There must be one.
  [[nodiscard]] const Candidate& kept() const { return candidates_[best_candidate(candidates_)]; }
  [[nodiscard]] const OcrResult& kept_result() const {
    return voices_[best_candidate(candidates_)].ocr_result;
  }

  /// Whether `leaves_out` holds for all OCR results.
  template <typename LeavesOut>
  [[nodiscard]] bool all_leave_out(LeavesOut leaves_out) const {
    return std::ranges::all_of(voices_, leaves_out, &Voice::ocr_result);
  }

  /// Whether no further pipeline needs to be tried for the text that was recognized. An engine
  /// that is still to come (`more_engines`) would find its columns.
  [[nodiscard]] bool are_enough(const ChoiceRule& rule, bool more_engines) const;

  /// The best OCR result, or all combined: those of an engine by vote(), those of different engines
  /// by vote_by_characters(). There must be one. The OCR results are used up.
  CombinedResult combined(Choice choice, const Lexicon& lexicon);

 private:
  [[nodiscard]] bool has_another_engine() const;
  [[nodiscard]] bool another_engine_has_it(double least) const;
  [[nodiscard]] std::size_t first_of_engine(const PipelineUse& use) const;
  void add_engine(const std::vector<std::size_t>& members, std::vector<EngineResult>& results);
  std::vector<EngineResult> results_by_engine();

  std::vector<Candidate> candidates_;
  std::vector<Voice> voices_;
};

}  // namespace ocrtune
