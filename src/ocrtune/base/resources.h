#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace ocrtune {

/// The machine's resources that this process may use.
struct Resources {
  int logical_cores = 1;           ///< cores this process may run on (affinity and cgroup quota)
  int physical_cores = 1;          ///< of these, those on different physical cores (hyper-threads)
  std::uint64_t memory_bytes = 0;  ///< physical memory, or the cgroups' limit if it is lower
  std::uint64_t available_bytes = 0;  ///< free memory within that limit
};

/// Reads affinity, /proc/meminfo and the cgroups (cgroup_limits()). Thread-safe.
Resources machine_resources();

/// Default number of workers: the physical cores, and half as many more if hyper-threads share
/// them.
int default_workers(const Resources& machine);

/// Highest resident set of this process so far, in bytes.
std::uint64_t peak_resident_bytes();

/// Processor time of all threads of this process so far, in seconds.
double processor_seconds();

/// Returns freed memory to the system: the allocator keeps what many threads free in small pieces,
/// and the resident size of a long run would seem to grow. Takes one or two milliseconds.
/// Thread-safe.
void give_back_freed_memory();

/// Names of the SIMD targets that this CPU supports, best first, as Highway names them.
std::vector<std::string> simd_targets();

}  // namespace ocrtune
