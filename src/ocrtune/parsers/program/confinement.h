#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace ocrtune {

/// Takes from this process, for good, what parsing needs not: it cannot open files for writing,
/// change the file system, start programs, signal other processes or reach the network (a seccomp
/// filter; where Landlock is there too, it reads only what programs and fonts need, and `folders`).
/// Where the kernel has neither, and under sanitizers, only the limits hold. Call it before
/// anything from outside is read.
void confine(const std::vector<std::string>& folders);

/// Limits the memory that this process may allocate to `bytes`; it may be changed again. Without
/// effect under sanitizers, which allocate more.
void limit_memory(std::uint64_t bytes);

}  // namespace ocrtune
