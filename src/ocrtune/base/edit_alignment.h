#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace ocrtune {

/// What becomes of the next element of one sequence, of the other, or of both.
enum class Edit : std::uint8_t { equal, substituted, missing, added };

/// A shortest way to turn `read` into `truth`, from the beginning to the end: `equal` and
/// `substituted` take an element of both, `missing` one of the truth, `added` one of what was read.
/// As many edits as edit_distance() (Levenshtein 1966); of several shortest ways always the same.
/// O(size * edits) time (Ukkonen 1985) and O(size) memory (Hirschberg 1975). Pure; thread-safe.
std::vector<Edit> edit_alignment(std::span<const std::uint32_t> read,
                                 std::span<const std::uint32_t> truth);

}  // namespace ocrtune
