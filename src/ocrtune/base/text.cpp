#include "ocrtune/base/text.h"

#include <fmt/format.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <new>

#include "ocrtune/base/edit_distance.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {
namespace {

constexpr std::string_view kAsciiSpace = " \t\r\n\v\f";

template <typename Number>
bool parse_whole(std::string_view text, Number& number) {
  if (text.starts_with('+') && !text.starts_with("+-")) text.remove_prefix(1);
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  return failure == std::errc() && end == text.data() + text.size();
}

}  // namespace

// ICU's macro has implicit conversions between integer types.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
std::int32_t next_code_point(std::string_view text, std::int32_t& at) {
  const auto size = static_cast<int32_t>(text.size());
  UChar32 code_point = 0;
  U8_NEXT(text.data(), at, size, code_point);
  return code_point;
}
#pragma GCC diagnostic pop

bool is_utf8(std::string_view text) {
  for (int32_t i = 0; i < static_cast<int32_t>(text.size());) {
    if (next_code_point(text, i) < 0) return false;
  }
  return true;
}

std::u32string code_points(std::string_view text) {
  constexpr char32_t kReplacement = 0xFFFD;
  std::u32string result;
  result.reserve(text.size());
  for (int32_t i = 0; i < static_cast<int32_t>(text.size());) {
    const int32_t c = next_code_point(text, i);
    result += c < 0 ? kReplacement : static_cast<char32_t>(c);
  }
  return result;
}

std::string utf8(std::u32string_view text) {
  std::string result;
  for (const char32_t c : text) icu::UnicodeString(static_cast<UChar32>(c)).toUTF8String(result);
  return result;
}

std::string lower_case_of(std::string_view text) {
  std::u32string letters = code_points(text);
  for (char32_t& c : letters) c = static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
  return utf8(letters);
}

std::string capitalised(std::string_view text) {
  std::u32string letters = code_points(text);
  if (!letters.empty())
    letters[0] = static_cast<char32_t>(u_totitle(static_cast<UChar32>(letters[0])));
  return utf8(letters);
}

char32_t case_folded(char32_t character) {
  return static_cast<char32_t>(u_foldCase(static_cast<UChar32>(character), U_FOLD_CASE_DEFAULT));
}

bool is_letter(char32_t character) {
  const auto code = static_cast<UChar32>(character);
  return u_isalpha(code) != 0 || (U_GET_GC_MASK(code) & U_GC_M_MASK) != 0 || code == 0x200C ||
         code == 0x200D;
}

bool is_punctuation(char32_t character) { return u_ispunct(static_cast<UChar32>(character)) != 0; }

bool is_unusual(char32_t character) {
  constexpr char32_t kReplacement = 0xFFFD;
  constexpr std::u32string_view kOrdinary = U"\u00AD\u200C\u200D";  // hyphenation and ligatures
  if (character == kReplacement) return true;
  if (kOrdinary.find(character) != std::u32string_view::npos) return false;
  switch (u_charType(static_cast<UChar32>(character))) {
    case U_CONTROL_CHAR:
    case U_FORMAT_CHAR:
    case U_PRIVATE_USE_CHAR:
    case U_SURROGATE:
    case U_UNASSIGNED:
      return true;
    default:
      return false;
  }
}

bool is_written_without_spaces(char32_t character) {
  constexpr char32_t kThai = 0x0E00;
  if (character < kThai) return false;
  const auto code = static_cast<UChar32>(character);
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript(code, &status)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_THAI:
    case USCRIPT_LAO:
    case USCRIPT_KHMER:
    case USCRIPT_MYANMAR:
      return true;
    default:
      break;
  }
  if (uscript_hasScript(code, USCRIPT_KATAKANA) != 0) return true;
  const int width = u_getIntPropertyValue(code, UCHAR_EAST_ASIAN_WIDTH);
  return (width == U_EA_WIDE || width == U_EA_FULLWIDTH) && u_ispunct(code) != 0;
}

bool join_without_space(std::u32string_view before, std::u32string_view after) {
  return !before.empty() && !after.empty() && is_written_without_spaces(before.back()) &&
         is_written_without_spaces(after.front());
}

bool join_without_space(std::string_view before, std::string_view after) {
  return join_without_space(std::u32string_view(code_points(before)),
                            std::u32string_view(code_points(after)));
}

std::u32string comparable_code_points(std::string_view text, UnicodeForm form) {
  const std::u32string composed = normalized_code_points(text);
  std::u32string comparable;
  comparable.reserve(composed.size());
  for (std::size_t i = 0; i < composed.size(); ++i) {
    const bool says_nothing = composed[i] == U' ' && is_written_without_spaces(composed[i - 1]) &&
                              is_written_without_spaces(composed[i + 1]);
    if (!says_nothing) comparable += composed[i];
  }
  return form == UnicodeForm::c ? comparable : normalized_code_points(utf8(comparable), form);
}

std::u32string normalized_code_points(std::string_view text, UnicodeForm form) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = form == UnicodeForm::c
                                           ? icu::Normalizer2::getNFCInstance(status)
                                           : icu::Normalizer2::getNFKCInstance(status);
  const auto check = [&](bool has_memory) {
    if (!has_memory || status == U_MEMORY_ALLOCATION_ERROR) throw std::bad_alloc();
    if (U_FAILURE(status)) throw Error(Errc::input_unreadable, tr("text can't be normalised"));
  };
  check(true);
  const auto given = icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())});
  check(!given.isBogus());
  const icu::UnicodeString composed = normalizer->normalize(given, status);
  check(!composed.isBogus());
  std::u32string result;
  result.reserve(static_cast<std::size_t>(composed.length()));
  bool pending_space = false;
  for (int32_t i = 0; i < composed.length(); i = composed.moveIndex32(i, 1)) {
    const UChar32 c = composed.char32At(i);
    if (u_isUWhiteSpace(c) != 0 || c == 0xFEFF) {
      pending_space = !result.empty();
      continue;
    }
    if (pending_space) result.push_back(U' ');
    pending_space = false;
    result.push_back(static_cast<char32_t>(c));
  }
  return result;
}

std::vector<std::u32string_view> words_of(std::u32string_view text) {
  std::vector<std::u32string_view> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(U' '), text.size());
    if (end > 0) words.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

std::string quotable(std::string_view text, std::size_t limit) {
  constexpr std::string_view kMore = "…";
  std::string result;
  std::size_t cut = 0;  // the end that leaves room for the ellipsis
  for (int32_t i = 0; i < static_cast<int32_t>(text.size());) {
    if (result.size() + kMore.size() <= limit) cut = result.size();
    const int32_t start = i;
    const UChar32 code_point = next_code_point(text, i);
    const bool printable = code_point >= 0 && u_iscntrl(code_point) == 0;
    const std::string_view shown = printable ? text.substr(static_cast<std::size_t>(start),
                                                           static_cast<std::size_t>(i - start))
                                             : "?";
    if (result.size() + shown.size() > limit) {
      result.resize(cut);
      return result.append(limit < kMore.size() ? "" : kMore);
    }
    result += shown;
  }
  return result;
}

std::string lower_case(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kAsciiSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kAsciiSpace) - first + 1);
}

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  std::string result;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) result += separator;
    result += parts[i];
  }
  return result;
}

std::string counted(std::size_t number, std::string_view noun) {
  return fmt::format("{} {}", number, noun_for(number, noun));
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  for (;;) {
    const std::size_t end = text.find(separator);
    parts.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::string nearest_name(std::string_view word, const std::vector<std::string>& known) {
  word = word.substr(0, 100);
  std::string best;
  std::size_t best_distance = std::max<std::size_t>(1, word.size() / 3) + 1;
  for (const std::string& name : known) {
    if (word.size() >= 3 && name.starts_with(word)) return name;
    const std::size_t distance = edit_distance(word, std::string_view(name));
    if (distance < best_distance) {
      best_distance = distance;
      best = name;
    }
  }
  if (!best.empty()) return best;
  // `--language` for `--lang`.
  constexpr std::size_t kLeastPrefix = 4;
  for (const std::string& name : known) {
    if (name.size() >= std::max(kLeastPrefix, best.size() + 1) && word.starts_with(name))
      best = name;
  }
  return best;
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& known) {
  const std::string near = nearest_name(word, known);
  return near.empty() ? "" : tr(" (did you mean `{}`?)", near);
}

std::string unknown_name(std::string_view what, std::string_view name,
                         const std::vector<std::string>& known) {
  return tr("unknown {} `{}`{}; available: {}", what, quotable(name, 60), did_you_mean(name, known),
            joined(known));
}

bool parse_number(std::string_view text, double& number) {
  return parse_whole(text, number) && std::isfinite(number);
}

bool parse_number(std::string_view text, long long& number) { return parse_whole(text, number); }

bool parse_bytes(std::string_view text, std::uint64_t& bytes) {
  const std::string word = lower_case(trimmed(text));
  const std::size_t end = std::min(word.size(), word.find_first_not_of("0123456789."));
  double number = 0;
  if (!parse_number(std::string_view(word).substr(0, end), number)) return false;
  std::string unit(trimmed(std::string_view(word).substr(end)));
  if (unit.ends_with('b')) unit.pop_back();
  const bool binary = unit.size() == 2 && unit[1] == 'i';
  const std::size_t power = unit.empty() ? 0 : std::string_view("kmgt").find(unit[0]) + 1;
  if (unit.size() > (binary ? 2U : 1U) || power > 4) return false;
  if (!unit.empty() && power == 0) return false;
  number *= std::pow(binary ? 1024.0 : 1000.0, static_cast<double>(power));
  if (number > 1e18) return false;
  bytes = static_cast<std::uint64_t>(number);
  return true;
}

std::string wrapped(const std::string& first, const std::vector<std::string>& parts,
                    std::size_t indent, std::size_t width) {
  const auto length = [](const std::string& text) {
    const auto is_first = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
    return static_cast<std::size_t>(std::ranges::count_if(text, is_first));
  };
  std::string text = first;
  std::size_t used = length(first);
  for (const std::string& part : parts) {
    const std::size_t needed = length(part) + 2;
    if (used + needed > width) {
      text += '\n' + std::string(indent, ' ') + part;
      used = indent + needed - 2;
    } else {
      text += "  " + part;
      used += needed;
    }
  }
  return text + '\n';
}

}  // namespace ocrtune
