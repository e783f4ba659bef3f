#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "ocrtune/corpus/inputs.h"
#include "ocrtune/image/limits.h"

namespace ocrtune {

/// Numbers of pages, from 1: "3-12,20,30-".
class PageRanges {
 public:
  /// Numbers and ranges joined by commas, in any order; a range without an end has no last page.
  /// Nothing if the text is something else.
  static std::optional<PageRanges> parse(std::string_view text);

  /// Whether the page with this number belongs to it.
  [[nodiscard]] bool has(std::uint64_t number) const;

  /// The last number; that of a range without an end is the greatest there is.
  [[nodiscard]] std::uint64_t last() const;

 private:
  std::vector<std::pair<std::uint64_t, std::uint64_t>> ranges_;
};

/// The pages of `files` that belong to the ranges, where the pages of all files are numbered one
/// after the other. Opens the files up to the last number; one that cannot be opened counts as a
/// page. `count` gets the number of pages that were counted. Throws as open_input, for what is not
/// of the input.
std::vector<InputFile> selected_pages(std::vector<InputFile> files, const PageRanges& ranges,
                                      const DecodeLimits& limits, std::uint64_t& count);

}  // namespace ocrtune
