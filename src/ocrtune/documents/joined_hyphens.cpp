#include "ocrtune/documents/joined_hyphens.h"

#include <unicode/uchar.h>

#include <algorithm>

#include "ocrtune/base/text.h"

namespace ocrtune {
namespace {

bool is_hyphen(char32_t c) {
  constexpr std::u32string_view kHyphens = U"-\u00AD\u2010\u2E17\u00AC";
  return kHyphens.find(c) != std::u32string_view::npos;
}

bool is_lower(char32_t c) { return u_islower(static_cast<UChar32>(c)) != 0; }

/// Whether a word goes on after the line feed at `at`.
bool goes_on(std::u32string_view text, std::size_t at) {
  return at >= 2 && at + 1 < text.size() && is_hyphen(text[at - 1]) && is_letter(text[at - 2]) &&
         is_lower(text[at + 1]);
}

}  // namespace

std::string with_joined_hyphens(std::string_view text) {
  const std::u32string given = code_points(text);
  std::u32string joined;
  joined.reserve(given.size());
  for (std::size_t i = 0; i < given.size(); ++i) {
    if (given[i] != U'\n' || !goes_on(given, i)) {
      joined.push_back(given[i]);
      continue;
    }
    joined.pop_back();
    const std::size_t end = std::min(given.find_first_of(U" \n", i + 1), given.size());
    joined.append(given, i + 1, end - i - 1);
    // A rest that is the whole line ends it, which may be hyphenated again.
    if (end < given.size() && given[end] == U' ') {
      joined.push_back(U'\n');
      i = end;
    } else {
      i = end - 1;
    }
  }
  return utf8(joined);
}

}  // namespace ocrtune
