#pragma once

#include "fuzz/options.h"

namespace ocrtune::fuzz {

/// Parses mutated .traineddata files, made from tiny ones and, one case in a hundred, from the
/// given ones, and uses what is taken for a model. Throws std::runtime_error, which names the case,
/// where an exception is no Error of one line, what was parsed does not hold together, or a case
/// takes more than 5 s or much more memory than its file. Prints how many were taken and refused.
void fuzz_parse(const Options& options);

}  // namespace ocrtune::fuzz
