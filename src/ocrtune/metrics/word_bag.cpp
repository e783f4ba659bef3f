#include "ocrtune/metrics/word_bag.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <map>

#include "ocrtune/base/text.h"
#include "ocrtune/metrics/error_rate.h"

namespace ocrtune {
namespace {

bool is_mark(char32_t character) {
  return (U_GET_GC_MASK(static_cast<UChar32>(character)) & U_GC_M_MASK) != 0;
}

/// The end of the counted word at the beginning of a text without spaces.
std::size_t end_of_counted_word(std::u32string_view text) {
  const bool alone = is_written_without_spaces(text.front());
  std::size_t end = 1;
  while (end < text.size() &&
         (is_mark(text[end]) || (!alone && !is_written_without_spaces(text[end]))))
    ++end;
  return end;
}

}  // namespace

double WordBag::rate() const { return rate_of(errors(), truth); }

double WordBag::found() const { return truth == 0 ? 1 : 1 - rate_of(missing, truth); }

std::size_t WordBag::errors() const { return std::max(missing, added); }

WordBag& WordBag::operator+=(const WordBag& other) {
  missing += other.missing;
  added += other.added;
  truth += other.truth;
  read += other.read;
  return *this;
}

std::vector<std::u32string_view> counted_words(std::u32string_view text) {
  std::vector<std::u32string_view> words;
  for (std::u32string_view part : words_of(text)) {
    while (!part.empty()) {
      words.push_back(part.substr(0, end_of_counted_word(part)));
      part.remove_prefix(words.back().size());
    }
  }
  return words;
}

WordBag compare_bags(std::span<const std::u32string_view> read,
                     std::span<const std::u32string_view> truth) {
  std::map<std::u32string_view, std::ptrdiff_t> surplus;
  for (const std::u32string_view word : read) ++surplus[word];
  for (const std::u32string_view word : truth) --surplus[word];
  WordBag bag{.truth = truth.size(), .read = read.size()};
  for (const auto& [word, count] : surplus) {
    bag.added += static_cast<std::size_t>(std::max<std::ptrdiff_t>(count, 0));
    bag.missing += static_cast<std::size_t>(std::max<std::ptrdiff_t>(-count, 0));
  }
  return bag;
}

std::vector<std::u32string_view> views_of(const std::vector<std::u32string>& words) {
  return {words.begin(), words.end()};
}

}  // namespace ocrtune
