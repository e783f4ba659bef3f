#pragma once

#include <filesystem>

#include "fuzz/targets/target.h"

namespace ocrtune::fuzz {

/// Writes what fuzzing begins with: the target's seeds into `folder`/seeds and, as libFuzzer reads
/// them, words into `folder`/words: those of the seeds and, for a target of texts, the names of
/// stages, their parameters and choices.
void write_seeds(const Target& target, const std::filesystem::path& folder);

}  // namespace ocrtune::fuzz
