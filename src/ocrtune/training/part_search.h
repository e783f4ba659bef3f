#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/training/truth_tokens.h"

namespace ocrtune::training {

/// Consecutive tokens, by their indices; `end` is excluded.
struct Part {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// Where a line was found in a text.
struct FoundPart {
  Part part;
  std::size_t distance = 0;  ///< edits between the line and the part
  /// The least distance of a part that has no token in common with it; the greatest number if none
  /// is within what was searched for.
  std::size_t next_distance = std::numeric_limits<std::size_t>::max();
};

/// The part of `among` that differs least from a line, at most by `most` edits; of equally near
/// ones that which begins and ends where lines of the text do, then the first one. `tokens` is the
/// whole text. Nothing if there is none. Approximate matching of Sellers (1980), from word to word,
/// cut off as by Ukkonen (1985): O(`most` * characters of `among`) time if the text is not like the
/// line. Pure; thread-safe.
std::optional<FoundPart> find_part(std::u32string_view line, const std::vector<Token>& tokens,
                                   Part among, std::size_t most);

}  // namespace ocrtune::training
