#pragma once

#include "fuzz/options.h"

namespace ocrtune::fuzz {

/// Parses hostile hellos and answers of external engines: made from valid ones by putting values of
/// other types, extreme numbers, long and malformed texts in their places, then, in half the cases,
/// by damaging bytes. Throws std::runtime_error, which names the case, if an exception is not an
/// Error of one line, if what was parsed breaks the promises of parse_answer(), or if a case takes
/// more than 5 s or much more memory than its text. Prints how many were accepted and refused.
void fuzz_answer(const Options& options);

}  // namespace ocrtune::fuzz
