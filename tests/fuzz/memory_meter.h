#pragma once

#include <cstddef>

namespace ocrtune::fuzz {

/// Begins to measure this process's memory from operator new. One measurement at a time.
void start_memory_meter();

/// The most bytes held at once since the meter was started, beyond what was held then.
std::size_t max_memory();

}  // namespace ocrtune::fuzz
