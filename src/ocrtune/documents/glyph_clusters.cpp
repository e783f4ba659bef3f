#include "ocrtune/documents/glyph_clusters.h"

#include <unicode/brkiter.h>
#include <unicode/ubidi.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <new>

#include "ocrtune/base/text.h"

namespace ocrtune {
namespace {

/// A cluster's longest run of marks; PDF viewers may not accept much longer ones.
constexpr std::int32_t kMaxUnits = 32;

/// Where the clusters of a text begin, and its end.
std::vector<std::int32_t> cluster_starts(const icu::UnicodeString& text) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::BreakIterator> breaks(
      icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), status));
  if (U_FAILURE(status) || !breaks) throw std::bad_alloc();
  breaks->setText(text);
  std::vector<std::int32_t> starts{0};
  for (std::int32_t at = breaks->next(); at != icu::BreakIterator::DONE; at = breaks->next()) {
    while (at - starts.back() > kMaxUnits) {
      // Not between the halves of a surrogate pair.
      const std::int32_t cut = text.getChar32Start(starts.back() + kMaxUnits);
      starts.push_back(cut);
    }
    starts.push_back(at);
  }
  return starts;
}

struct CloseBidi {
  void operator()(UBiDi* bidi) const { ubidi_close(bidi); }
};

}  // namespace

int right_to_left_letters(std::string_view text) {
  int more = 0;
  for (std::int32_t at = 0; at < static_cast<std::int32_t>(text.size());) {
    const std::int32_t c = next_code_point(text, at);
    if (c < 0) continue;
    const UCharDirection direction = u_charDirection(c);
    if (direction == U_LEFT_TO_RIGHT) --more;
    if (direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC) ++more;
  }
  return more;
}

bool run_right_to_left(std::span<const Word> words) {
  int balance = 0;
  for (const Word& word : words) balance += right_to_left_letters(word.text);
  return balance > 0;
}

std::vector<std::u16string> clusters_from_left(std::string_view word, bool right_to_left) {
  std::vector<std::u16string> clusters;
  clusters.reserve(word.size());
  if (!right_to_left && std::ranges::all_of(word, [](char c) { return c > 0; })) {
    for (const char c : word) clusters.emplace_back(1, static_cast<char16_t>(c));
    return clusters;
  }
  const icu::UnicodeString text =
      icu::UnicodeString::fromUTF8({word.data(), static_cast<std::int32_t>(word.size())});
  const std::vector<std::int32_t> starts = cluster_starts(text);
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UBiDi, CloseBidi> bidi(ubidi_open());
  const auto level = static_cast<UBiDiLevel>(right_to_left ? 1 : 0);
  ubidi_setPara(bidi.get(), text.getBuffer(), text.length(), level, nullptr, &status);
  const std::int32_t runs = ubidi_countRuns(bidi.get(), &status);
  if (U_FAILURE(status)) throw std::bad_alloc();
  for (std::int32_t run = 0; run < runs; ++run) {
    std::int32_t begin = 0;
    std::int32_t length = 0;
    const bool reversed = ubidi_getVisualRun(bidi.get(), run, &begin, &length) == UBIDI_RTL;
    const std::size_t before = clusters.size();
    for (std::size_t i = 0; i + 1 < starts.size(); ++i) {
      if (starts[i] < begin || starts[i] >= begin + length) continue;
      clusters.emplace_back(text.getBuffer() + starts[i],
                            static_cast<std::size_t>(starts[i + 1] - starts[i]));
    }
    if (reversed)
      std::reverse(clusters.begin() + static_cast<std::ptrdiff_t>(before), clusters.end());
  }
  return clusters;
}

}  // namespace ocrtune
