#pragma once

#include <string>
#include <string_view>

namespace ocrtune {

/// Whether kernels that were compiled for `architectures` run on a card of this compute capability.
/// `architectures` is CMake's CMAKE_CUDA_ARCHITECTURES, joined by commas: numbers such as "86" for
/// compute capability 8.6. Each stands for machine code, which runs on cards of the same major
/// number and at least the same minor one, and for PTX, which the driver compiles for any later
/// card; the suffixes `-real` and `-virtual` stand for one of the two. If an entry is not such a
/// number, returns true.
bool has_code_for(std::string_view architectures, int major, int minor);

/// "6.1, 7.0 and, compiled when they run, 9.0 and later".
std::string compute_capabilities(std::string_view architectures);

}  // namespace ocrtune
