#include "ocrtune/corpus/page_ranges.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <numeric>
#include <string>

#include "ocrtune/base/text.h"
#include "ocrtune/corpus/open_input.h"

namespace ocrtune {
namespace {

constexpr std::uint64_t kNoEnd = std::numeric_limits<std::uint64_t>::max();
constexpr std::size_t kMostRanges = 10'000;

/// From 1; nothing if the text is not such a number.
std::optional<std::uint64_t> number_of(std::string_view text) {
  std::uint32_t number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc() || end != text.data() + text.size() || number == 0)
    return std::nullopt;
  return number;
}

std::optional<std::pair<std::uint64_t, std::uint64_t>> range_of(std::string_view text) {
  const std::size_t dash = text.find('-');
  const auto first = number_of(text.substr(0, dash));
  if (!first) return std::nullopt;
  if (dash == std::string_view::npos) return std::pair(*first, *first);
  const std::string_view end = text.substr(dash + 1);
  const auto last = end.empty() ? std::optional(kNoEnd) : number_of(end);
  if (!last || *last < *first) return std::nullopt;
  return std::pair(*first, *last);
}

/// The pages that are wanted of a file, before ranges are applied.
std::vector<int> pages_of(const InputFile& input, const DecodeLimits& limits) {
  if (input.pages) return *input.pages;
  int count = 1;
  if (!input.image) {
    open_input(
        input, limits, [&](const PageFile& file) { count = file.page_count(); },
        [](const Problem&) {});
  }
  std::vector<int> pages(static_cast<std::size_t>(std::max(1, count)));
  std::iota(pages.begin(), pages.end(), 0);
  return pages;
}

}  // namespace

std::optional<PageRanges> PageRanges::parse(std::string_view text) {
  PageRanges ranges;
  while (ranges.ranges_.size() < kMostRanges) {
    const std::size_t comma = text.find(',');
    const auto range = range_of(trimmed(text.substr(0, comma)));
    if (!range) return std::nullopt;
    ranges.ranges_.push_back(*range);
    if (comma == std::string_view::npos) return ranges;
    text.remove_prefix(comma + 1);
  }
  return std::nullopt;
}

bool PageRanges::has(std::uint64_t number) const {
  return std::ranges::any_of(ranges_, [number](const auto& range) {
    return range.first <= number && number <= range.second;
  });
}

std::uint64_t PageRanges::last() const {
  std::uint64_t last = 0;
  for (const auto& range : ranges_) last = std::max(last, range.second);
  return last;
}

std::vector<InputFile> selected_pages(std::vector<InputFile> files, const PageRanges& ranges,
                                      const DecodeLimits& limits, std::uint64_t& count) {
  std::vector<InputFile> selected;
  count = 0;
  for (InputFile& file : files) {
    if (count >= ranges.last()) break;
    std::vector<int> wanted;
    for (const int page : pages_of(file, limits)) {
      if (ranges.has(++count)) wanted.push_back(page);
    }
    if (wanted.empty()) continue;
    if (!file.image) file.pages = std::move(wanted);
    selected.push_back(std::move(file));
  }
  return selected;
}

}  // namespace ocrtune
