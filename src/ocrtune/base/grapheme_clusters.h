#pragma once

#include <string_view>
#include <vector>

namespace ocrtune {

/// Whether each grapheme cluster of a text without line ends is one code point, as in most texts in
/// Latin letters after normalization. Pure; thread-safe.
bool are_code_points_clusters(std::u32string_view text);

/// The extended grapheme clusters of a text (UAX 29), which readers take for one character each: a
/// letter with its vowel signs and accents. Views into the text. Thread-safe.
std::vector<std::u32string_view> grapheme_clusters(std::u32string_view text);

}  // namespace ocrtune
