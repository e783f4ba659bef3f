#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ocrtune {

/// The code point at byte `at` of UTF-8 text (below 2 GB); moves `at` behind it. Negative if the
/// text is malformed there.
std::int32_t next_code_point(std::string_view text, std::int32_t& at);

/// True if `text` is well-formed UTF-8.
bool is_utf8(std::string_view text);

/// Unicode normalization forms. KC also replaces compatibility characters (ligatures, long s,
/// full-width letters) by their plain equivalents.
enum class UnicodeForm {
  c,  ///< NFC
  kc  ///< NFKC
};

/// The code points of `text` in Unicode normalization form C (or KC), with every run of white space
/// replaced by one space and none at either end. Malformed UTF-8 becomes U+FFFD. Thread-safe.
std::u32string normalized_code_points(std::string_view text, UnicodeForm form = UnicodeForm::c);

/// The same for comparisons: without the spaces between characters that are written without. Which
/// these are is decided before compatibility characters are replaced. Thread-safe.
std::u32string comparable_code_points(std::string_view text, UnicodeForm form = UnicodeForm::c);

/// The character after Unicode's simple case folding.
char32_t case_folded(char32_t character);

/// True for characters of scripts that put no spaces between words (Chinese and Japanese ones,
/// Thai, Lao, Khmer, Burmese; Unicode's property Script_Extensions, UAX 24) and for full-width
/// punctuation (UAX 11).
bool is_written_without_spaces(char32_t character);

/// Whether white space between the end of one text and the beginning of the next would say nothing:
/// both are written without spaces. UTF-8.
bool join_without_space(std::string_view before, std::string_view after);

/// The same of code points.
bool join_without_space(std::u32string_view before, std::u32string_view after);

/// True for letters, and for what belongs to them in many scripts: marks, which are vowel signs or
/// accents, and joiners.
bool is_letter(char32_t character);

/// True for Unicode's punctuation (general category P).
bool is_punctuation(char32_t character);

/// True for characters that do not occur on pages: control and private-use characters, characters
/// that Unicode does not have, U+FFFD, and marks without width such as marks of direction.
bool is_unusual(char32_t character);

/// Lines of at most `width` characters, each with its end: `first`, and behind it the parts, two
/// spaces before each. Lines after the first one begin with `indent` spaces. A part is never split.
std::string wrapped(const std::string& first, const std::vector<std::string>& parts,
                    std::size_t indent, std::size_t width = 100);

/// Splits at spaces; no empty parts.
std::vector<std::u32string_view> words_of(std::u32string_view text);

/// `text` cut to one printable line of at most `limit` bytes, for messages that quote input from
/// outside: control characters become '?', malformed UTF-8 too.
std::string quotable(std::string_view text, std::size_t limit = 200);

/// UTF-8 text in lower case, independent of the locale.
std::string lower_case_of(std::string_view text);
/// The same text with its first letter in upper case.
std::string capitalised(std::string_view text);

/// The code points of UTF-8 text, unchanged; U+FFFD for malformed sequences.
std::u32string code_points(std::string_view text);

/// The text in UTF-8.
std::string utf8(std::u32string_view text);

/// ASCII lower case.
std::string lower_case(std::string_view text);

/// Without ASCII white space at both ends.
std::string_view trimmed(std::string_view text);

/// "a, b, c".
std::string joined(const std::vector<std::string>& parts, std::string_view separator = ", ");

/// "1 page", "2 pages", in the language of messages.
std::string counted(std::size_t number, std::string_view noun);

/// The parts of `text` between `separator`s, in order; empty parts are kept.
std::vector<std::string> split(std::string_view text, char separator);

/// The entry of `known` that begins with `word`, or is most similar to it (edit distance at most a
/// third of its length), or else the longest one that `word` begins with; or an empty string.
std::string nearest_name(std::string_view word, const std::vector<std::string>& known);

/// " (did you mean `NAME`?)" with the entry of nearest_name(), or an empty string.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& known);

/// "unknown WHAT `NAME` (did you mean …?); available: …".
std::string unknown_name(std::string_view what, std::string_view name,
                         const std::vector<std::string>& known);

/// The whole of `text` as a finite number in C notation whatever the locale; false if it is not
/// one.
bool parse_number(std::string_view text, double& number);
/// The same for an integer in C notation, within `long long`.
bool parse_number(std::string_view text, long long& number);

/// "300M", "1.5 GB" (powers of 1000), "512MiB" (of 1024) or a plain number, as bytes; false if it
/// is none of these.
bool parse_bytes(std::string_view text, std::uint64_t& bytes);

}  // namespace ocrtune
