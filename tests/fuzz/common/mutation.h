#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ocrtune/base/random.h"
#include "support/model_files.h"

namespace ocrtune::fuzz {

using test::ModelBytes;

/// 0 to below − 1.
std::size_t below(Random& random, std::size_t below);

/// Damages bytes at a few random places: bits, extreme numbers, cuts, copies from elsewhere.
void damage(ModelBytes& bytes, Random& random);

/// Edits a unicharset's text: fields dropped, doubled, overlong or out of range, lines too.
void edit_unicharset(ModelBytes& text, Random& random);

/// A file of the components after one to three damages to one component, several, the table, or
/// the whole; `other` is where foreign components come from.
std::vector<std::byte> mutated_file(const test::Components& components,
                                    const test::Components& other, Random& random);

}  // namespace ocrtune::fuzz
