#pragma once

#include <functional>
#include <string>
#include <vector>

#include "ocrtune/metrics/text_comparison.h"

namespace ocrtune {

/// OCR result and ground truth of a page, not normalized.
struct TextPair {
  std::string page;   ///< its name
  std::string read;   ///< UTF-8
  std::string truth;  ///< UTF-8
};

/// Differences between a page's OCR result and its ground truth.
struct EvaluatedPage {
  std::string page;                 ///< its name
  EditCounts characters;            ///< of grapheme clusters
  EditCounts words;                 ///< in order
  WordBag bag;                      ///< in any order
  std::vector<std::string> doubts;  ///< about the ground truth
  std::string failure;              ///< why it could not be compared; then all else is empty
};

/// Differences between the OCR results of a corpus and the ground truth.
struct Evaluation {
  std::vector<EvaluatedPage> pages;  ///< in the order given
  EditCounts characters;             ///< sums over the pages
  EditCounts words;                  ///< sums of words
  WordBag bag;                       ///< sums for words in any order
  Confusions confusions;             ///< of all pages together
};

/// Compares on `workers` threads. `done` is called from them after each page and stops the work if
/// it returns false; pages that are not compared then have a failure.
Evaluation evaluate_texts(const std::vector<TextPair>& pairs, const TextRules& rules, int workers,
                          const std::function<bool()>& done);

/// The confusions, the most frequent first; ties in the order of the characters.
std::vector<std::pair<Confusion, std::size_t>> most_frequent(const Confusions& confusions);

/// Rates, confusions, worst pages and doubts as text; `most` rows of each list.
std::string evaluation_text(const Evaluation& evaluation, std::size_t most);

/// One row per page, in the order given.
std::string evaluation_csv(const Evaluation& evaluation);

}  // namespace ocrtune
