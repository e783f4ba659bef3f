#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace ocrtune {

/// One step of an alignment: it takes an element of both sequences, or of one of them.
enum class Edit : std::uint8_t { equal, substituted, missing, added };

/// A shortest sequence of edits that turns `read` into `truth`, from the beginning to the end:
/// `equal` and `substituted` take an element of both, `missing` one of the ground truth, `added`
/// one of what was recognized. As many edits as edit_distance() (Levenshtein 1966); if several are
/// shortest, always the same one. O(size * edits) time (Ukkonen 1985) and O(size) memory
/// (Hirschberg 1975). Pure; thread-safe.
std::vector<Edit> edit_alignment(std::span<const std::uint32_t> read,
                                 std::span<const std::uint32_t> truth);

}  // namespace ocrtune
