#include "ocrtune/metrics/word_bag.h"

#include <algorithm>
#include <map>

#include "ocrtune/metrics/error_rate.h"

namespace ocrtune {

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
