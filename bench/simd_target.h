#pragma once

#include <string>

namespace ocrtune::bench {

/// Holds all kernels to the instruction set that Highway calls `name`, such as AVX2; false, and
/// says which there are, where it isn't one of them.
bool hold_to_target(const std::string& name);

}  // namespace ocrtune::bench
