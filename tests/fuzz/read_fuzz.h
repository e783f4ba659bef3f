#pragma once

#include "fuzz/options.h"

namespace ocrtune::fuzz {

/// Reads random lines with models: mutated ones that are still taken for models, whole tiny ones,
/// and one case in twenty, the given ones. A line goes all the way: cut out of a page of random
/// pixels, scaled, through the network and inverted, and decoded. Throws std::runtime_error, which
/// names the case, where a result doesn't hold together or a case takes more than 20 s or 500 MB.
void fuzz_read(const Options& options);

}  // namespace ocrtune::fuzz
