#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/documents/ocr_result.h"

namespace ocrtune {

/// The number of right-to-left letters of `text` (UTF-8) minus that of its other letters.
int right_to_left_letters(std::string_view text);

/// Whether most letters of words are right-to-left ones. Pure; thread-safe.
bool run_right_to_left(std::span<const Word> words);

/// The clusters of a word (UTF-8) from left to right: letters with their marks, each as UTF-16.
/// Malformed UTF-8 becomes U+FFFD. `right_to_left`: the direction of the word's line. Thread-safe.
std::vector<std::u16string> clusters_from_left(std::string_view word, bool right_to_left);

}  // namespace ocrtune
