#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/metrics/text_comparison.h"

namespace ocrtune {

/// Why the truth of a page may be wrong, one reason each: it is empty, shares hardly a word with
/// the reading, is far longer or shorter, or holds characters or markup that no page shows. `truth`
/// is the text as it came, `found` its comparison with the reading. Pure; thread-safe.
std::vector<std::string> truth_doubts(std::string_view truth, const TextComparison& found);

/// True where the words of reading and truth say that they are of different pages.
bool shares_hardly_a_word(const WordBag& bag);

/// The text that most words of `read` are in, where these are at least half of that text's and it
/// is another one than `own`; else `own`.
std::size_t likelier_truth(const PreparedText& read, const std::vector<PreparedText>& truths,
                           std::size_t own);

}  // namespace ocrtune
