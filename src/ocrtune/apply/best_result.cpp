#include "ocrtune/apply/best_result.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <tuple>
#include <utility>

#include "ocrtune/apply/orientation.h"
#include "ocrtune/base/duration.h"
#include "ocrtune/base/edit_distance.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/documents/quarter_turns.h"
#include "ocrtune/metrics/word_bag.h"
#include "ocrtune/ocr/columns/broken_words.h"
#include "ocrtune/ocr/columns/in_columns.h"
#include "ocrtune/ocr/columns/may_be_in_columns.h"
#include "ocrtune/ocr/columns/vertical_text.h"
#include "ocrtune/voting/character_vote.h"
#include "ocrtune/voting/vote.h"

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

/// The text of an OCR result without white space.
std::u32string letters_of(const OcrResult& result) {
  std::u32string letters;
  for (const Word& word : result.words) letters += code_points(word.text);
  return letters;
}

/// The similarity of their texts; 0 if there is no text to agree on.
double agreement_of(const OcrResult& a, const OcrResult& b) {
  const std::u32string letters = letters_of(a);
  return letters.empty() ? 0 : similarity(letters, letters_of(b));
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

/// Whether another engine is to recognize pages in a language after this pipeline.
bool has_engine_after(std::size_t pipeline, const std::string& lang, const Portfolio& portfolio) {
  return std::any_of(portfolio.pipelines.begin() + static_cast<std::ptrdiff_t>(pipeline) + 1,
                     portfolio.pipelines.end(), [&](const Pipeline& next) {
                       const PipelineUse use = portfolio.use_of(next);
                       return !use.engine.empty() && !use.for_faint_text && use.is_for(lang);
                     });
}

/// The OCR results of a page, each with its candidate.
class Results {
 public:
  void add(Candidate candidate, OcrResult ocr_result) {
    voices_.push_back({std::move(ocr_result), candidate.quality.net_legible});
    candidates_.push_back(std::move(candidate));
  }

  [[nodiscard]] const std::vector<Candidate>& candidates() const { return candidates_; }
  [[nodiscard]] const Candidate& kept() const { return candidates_[best_candidate(candidates_)]; }

  [[nodiscard]] const OcrResult& kept_result() const {
    return voices_[best_candidate(candidates_)].ocr_result;
  }

  /// Whether all that were recognized leave out faint text.
  [[nodiscard]] bool leave_out_faint_text(PageReader& reader) const {
    return std::ranges::all_of(voices_, [&](const Voice& voice) {
      return reader.leaves_out_faint_text(voice.ocr_result);
    });
  }

  /// Whether no further pipeline needs to be tried for the text that was recognized. An engine
  /// that is still to come (`more_engines`) would find its columns.
  [[nodiscard]] bool are_enough(const ChoiceRule& rule, bool more_engines) const {
    if (!rule.enough) return false;
    const Candidate& best = kept();
    if (!best.failure.empty() || !best.use.engine.empty()) return false;
    const bool confident =
        is_enough(best.quality.char_confidence, best.quality.legible, *rule.enough) &&
        !(more_engines && may_be_in_columns(kept_result()));
    return confident || another_engine_has_it(kEnginesAgree);
  }

  /// Gives `result` the best OCR result, or all combined.
  void combine_into(BestResult& result, Choice choice, const Lexicon& lexicon) {
    const std::size_t best = best_candidate(candidates_);
    if (choice == Choice::best) {
      result.ocr_result = std::move(voices_[best].ocr_result);
    } else if (has_another_engine()) {
      const OcrResult kept = voices_[best].ocr_result;
      std::vector<EngineResult> engines = results_by_engine();
      result.of_several_engines = engines.size() > 1;
      result.ocr_result = vote_by_characters(
          std::move(engines), [&](std::string_view word) { return lexicon.contains(word); });
      result.changed = changed_words(result.ocr_result, kept);
    } else {
      VotedResult voted = vote(std::move(voices_), best);
      result.ocr_result = std::move(voted.ocr_result);
      result.changed = voted.changed;
    }
  }

 private:
  /// Whether an engine of the portfolio has recognized the page.
  [[nodiscard]] bool has_another_engine() const {
    return std::ranges::any_of(candidates_, [](const Candidate& candidate) {
      return candidate.failure.empty() && !candidate.use.engine.empty();
    });
  }

  /// Whether the OCR result of another engine has this similarity with the best.
  [[nodiscard]] bool another_engine_has_it(double least) const {
    const OcrResult& best = kept_result();
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      if (!candidates_[i].use.engine.empty() && candidates_[i].failure.empty() &&
          agreement_of(best, voices_[i].ocr_result) >= least)
        return true;
    }
    return false;
  }

  /// Index of the first candidate of the same engine and models.
  [[nodiscard]] std::size_t first_of_engine(const PipelineUse& use) const {
    const auto first = std::ranges::find_if(candidates_, [&](const Candidate& candidate) {
      return candidate.use.engine == use.engine && candidate.use.tessdata == use.tessdata;
    });
    return static_cast<std::size_t>(first - candidates_.begin());
  }

  /// The combined result of each engine that has one: of those of the portfolio first, which find
  /// lines by themselves, and of the one that is asked for last, after its further models.
  std::vector<EngineResult> results_by_engine() {
    // By the order of the models, not by the names of their folders.
    using EngineAndFirst = std::pair<std::string, std::size_t>;
    std::map<EngineAndFirst, std::vector<std::size_t>, std::greater<>> by_engine;
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      const PipelineUse& use = candidates_[i].use;
      if (candidates_[i].failure.empty())
        by_engine[{use.engine, first_of_engine(use)}].push_back(i);
    }
    std::vector<EngineResult> results;
    for (const auto& [engine, members] : by_engine) {
      std::vector<Candidate> candidates;
      std::vector<Voice> voices;
      for (const std::size_t i : members) {
        candidates.push_back(candidates_[i]);
        voices.push_back(std::move(voices_[i]));
      }
      const EngineTrust trust = trust_of(candidates.front(), voices.front().ocr_result);
      results.push_back(
          {.ocr_result = vote(std::move(voices), best_candidate(candidates)).ocr_result,
           .trust = trust});
    }
    return results;
  }

  std::vector<Candidate> candidates_;
  std::vector<Voice> voices_;
};

/// Whether an OCR result has nearly as many characters as another one: where mode 3 takes columns
/// for pictures, it has half of them.
bool has_most_text(const OcrResult& ocr_result, const OcrResult& other) {
  constexpr std::size_t kOfTen = 8;
  return 10 * letters_of(ocr_result).size() >= kOfTen * letters_of(other).size();
}

/// Looks for columns that the OCR results of a page go across.
class ColumnSearch {
 public:
  [[nodiscard]] bool are_found() const { return found_; }

  /// Whether columns were found with a later pipeline, whose OCR result has to be waited for.
  [[nodiscard]] bool are_of_later(std::size_t pipeline) const {
    return found_ && pipeline < pipeline_;
  }

  /// Whether columns have been found just now and OCR results before go across them; once.
  bool ask_for_another_start(bool has_results) {
    const bool anew = found_ && !started_anew_ && has_results;
    started_anew_ = found_;
    return anew;
  }

  /// Reads the page by columns, at most three times, if an OCR result of Tesseract's models seems
  /// to go across some; if it is in columns, or has half of the words that are broken within lines
  /// at their ends, this is the OCR result. Nothing if the work was stopped.
  void look(PageReader& reader, std::optional<PipelineResult>& result) {
    if (found_ || looks_ == kMaxLooks || !result->candidate.failure.empty() ||
        !result->candidate.usual_mode)
      return;
    const bool breaks_words = breaks_words_within_lines(result->ocr_result);
    if (!breaks_words &&
        (!may_be_in_columns(result->ocr_result) || !goes_across_columns(result->ocr_result)))
      return;
    ++looks_;
    auto by_columns = reader.read(result->candidate.pipeline, true);
    if (!by_columns) {
      result.reset();
      return;
    }
    found_ = by_columns->candidate.failure.empty() &&
             has_most_text(by_columns->ocr_result, result->ocr_result) &&
             ((breaks_words && has_them_at_ends(result->ocr_result, by_columns->ocr_result)) ||
              is_in_columns(by_columns->ocr_result));
    pipeline_ = result->candidate.pipeline;
    const double seconds = by_columns->seconds + result->seconds;
    if (found_) result = std::move(by_columns);
    result->seconds = seconds;
  }

 private:
  static constexpr int kMaxLooks = 3;
  int looks_ = 0;
  bool started_anew_ = false;
  std::size_t pipeline_ = 0;
  bool found_ = false;
};

}  // namespace

std::size_t best_candidate(const std::vector<Candidate>& candidates) {
  std::size_t best = 0;
  for (std::size_t i = 1; i < candidates.size(); ++i) {
    if (worth(candidates[i]) > worth(candidates[best])) best = i;
  }
  return candidates[best].by_columns ? with_most_lines(candidates, best) : best;
}

std::optional<BestResult> best_result(const Page& page, const std::function<Image()>& load,
                                      const OcrMeans& means, const ChoiceRule& rule) {
  const auto start = std::chrono::steady_clock::now();
  const Image as_it_came = load();
  const double loaded = seconds_since(start);
  BestResult best{.first_seconds = loaded};
  auto upright = oriented(page, as_it_came, means);
  if (!upright) return std::nullopt;
  Results results;
  ColumnSearch columns;
  bool enough = false;
  std::size_t next = 0;
  std::size_t image_of = 0;
  while (next < means.portfolio.pipelines.size() && !enough) {
    const std::size_t i = next++;
    const PipelineUse use = means.portfolio.use_of(means.portfolio.pipelines[i]);
    if (!use.is_for(page.lang) ||
        (use.for_faint_text && !results.leave_out_faint_text(*upright->reader)))
      continue;
    auto result = columns.are_found() ? upright->reader->read(i, true) : upright->read(i);
    if (result && rule.looks_for_columns) columns.look(*upright->reader, result);
    if (!result) return std::nullopt;
    if (columns.ask_for_another_start(!results.candidates().empty())) {
      results = Results();
      best.first_seconds = loaded;
      next = 0;
      continue;
    }
    const bool failed = !result->candidate.failure.empty();
    if (i == 0) best.first_seconds += result->seconds;
    results.add(std::move(result->candidate), std::move(result->ocr_result));
    if (!failed && results.kept().pipeline == i) {
      best.image = std::move(result->image);
      image_of = i;
    }
    enough = !columns.are_of_later(i) &&
             results.are_enough(rule, has_engine_after(i, page.lang, means.portfolio)) &&
             !upright->reader->leaves_out_faint_text(results.kept_result());
  }
  best.candidates = results.candidates();
  best.pipeline = results.kept().pipeline;
  if (!best.kept().failure.empty()) throw Error(Errc::limit_reached, best.kept().failure);
  if (image_of != best.pipeline) {
    // Of results by columns, an earlier one may be the best again.
    best.image = upright->reader->image(best.pipeline);
  }
  results.combine_into(best, rule.choice, means.recognizers.lexicon(page.lang));
  best.quality =
      rule.choice == Choice::best ? best.kept().quality : upright->reader->quality(best.ocr_result);
  best.turns = upright->turns;
  best.by_columns = columns.are_found();
  best.across_vertical_lines = goes_across_vertical_lines(best.ocr_result);
  best.out_of_order = !best.of_several_engines && is_out_of_order(best.ocr_result);
  turn_back(best.ocr_result, best.turns);
  best.seconds = seconds_since(start);
  return best;
}

}  // namespace ocrtune
