#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/metrics/text_comparison.h"

namespace ocrtune {

/// Reasons why the ground truth of a page may be wrong: it is empty, shares hardly a word with the
/// OCR result, is far longer or shorter, or contains characters or markup that no page shows.
/// `truth` is the text, not normalized, `found` its comparison with the OCR result. Pure;
/// thread-safe.
std::vector<std::string> truth_doubts(std::string_view truth, const TextComparison& found);

/// True if the words of OCR result and ground truth indicate that they are of different pages.
bool shares_few_words(const WordBag& bag);

/// Index of the ground truth other than `own` that has the largest share of its words in `read`, if
/// that is more than half; else `own`.
std::size_t likelier_truth(const PreparedText& read, const std::vector<PreparedText>& truths,
                           std::size_t own);

}  // namespace ocrtune
