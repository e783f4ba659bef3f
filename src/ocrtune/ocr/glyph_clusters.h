#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ocrtune {

/// How many more letters of `text` (UTF-8) are of scripts from right to left than of others.
int right_to_left_letters(std::string_view text);

/// What stands side by side in a word (UTF-8), from left to right: letters with their marks, each
/// as UTF-16. Malformed UTF-8 becomes U+FFFD. `right_to_left`: the direction of the word's line.
/// Thread-safe.
std::vector<std::u16string> clusters_from_left(std::string_view word, bool right_to_left);

}  // namespace ocrtune
