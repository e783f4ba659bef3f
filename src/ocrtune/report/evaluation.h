#pragma once

#include <functional>
#include <string>
#include <vector>

#include "ocrtune/metrics/text_comparison.h"

namespace ocrtune {

/// A reading and what is written on the page, as they came.
struct TextPair {
  std::string page;   ///< its name
  std::string read;   ///< UTF-8
  std::string truth;  ///< UTF-8
};

/// How the reading of one page differs from its truth.
struct EvaluatedPage {
  std::string page;                 ///< its name
  EditCounts characters;            ///< of code points
  EditCounts words;                 ///< in their order
  WordBag bag;                      ///< whatever their order
  std::vector<std::string> doubts;  ///< about its truth
  std::string failure;              ///< why it can't be compared; then all else is empty
};

/// How readings of a corpus differ from the truth.
struct Evaluation {
  std::vector<EvaluatedPage> pages;  ///< in the order given
  EditCounts characters;             ///< sums over the pages
  EditCounts words;                  ///< sums of words
  WordBag bag;                       ///< sums whatever the words' order
  Confusions confusions;             ///< of all pages together
};

/// Compares on `workers` threads; `done` is called from them after each page, and ends the work
/// where it returns false: what isn't compared then has a failure.
Evaluation evaluate_texts(const std::vector<TextPair>& pairs, const TextRules& rules, int workers,
                          const std::function<bool()>& done);

/// The confusions, the most frequent first; those as frequent in the characters' order.
std::vector<std::pair<Confusion, std::size_t>> most_frequent(const Confusions& confusions);

/// Rates, confusions, worst pages and doubts, for people; `most` rows of each list.
std::string evaluation_text(const Evaluation& evaluation, std::size_t most);

/// One row a page, in the order given.
std::string evaluation_csv(const Evaluation& evaluation);

}  // namespace ocrtune
