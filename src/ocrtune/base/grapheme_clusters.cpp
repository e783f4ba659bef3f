#include "ocrtune/base/grapheme_clusters.h"

#include <unicode/brkiter.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>

namespace ocrtune {

bool are_code_points_clusters(std::u32string_view text) {
  constexpr char32_t kFirstMark = 0x300;
  return std::ranges::all_of(text, [](char32_t c) {
    return c < kFirstMark || u_getIntPropertyValue(static_cast<UChar32>(c),
                                                   UCHAR_GRAPHEME_CLUSTER_BREAK) == U_GCB_OTHER;
  });
}

std::vector<std::u32string_view> grapheme_clusters(std::u32string_view text) {
  std::vector<std::u32string_view> clusters;
  clusters.reserve(text.size());
  if (are_code_points_clusters(text)) {
    for (std::size_t i = 0; i < text.size(); ++i) clusters.push_back(text.substr(i, 1));
    return clusters;
  }
  icu::UnicodeString units;
  for (const char32_t c : text) units.append(static_cast<UChar32>(c));
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::BreakIterator> breaks(
      icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), status));
  if (U_FAILURE(status) || !breaks) throw std::bad_alloc();
  breaks->setText(units);
  std::int32_t from = 0;
  std::size_t at = 0;
  for (std::int32_t to = breaks->next(); to != icu::BreakIterator::DONE; to = breaks->next()) {
    const auto length = static_cast<std::size_t>(units.countChar32(from, to - from));
    clusters.push_back(text.substr(at, length));
    at += length;
    from = to;
  }
  return clusters;
}

}  // namespace ocrtune
