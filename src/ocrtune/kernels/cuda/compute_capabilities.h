#pragma once

#include <string>
#include <string_view>

namespace ocrtune {

/// Whether kernels that were compiled for `architectures` run on a card of this compute capability.
/// `architectures` is CMake's CMAKE_CUDA_ARCHITECTURES, joined by commas: numbers such as "86" for
/// 8.6, each for machine code, which runs on cards of the same major number and none lesser,
/// and for PTX, which the driver compiles for any later card; `-real` and `-virtual` are for one of
/// the two. Of what isn't such a number nothing is known, and true is returned.
bool has_code_for(std::string_view architectures, int major, int minor);

/// "6.1, 7.0 and, compiled when they run, 9.0 and later".
std::string compute_capabilities(std::string_view architectures);

}  // namespace ocrtune
