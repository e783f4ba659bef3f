#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace ocrtune {

/// What this process may use of the machine.
struct Resources {
  int logical_cores = 1;           ///< cores this process may run on (affinity and cgroup quota)
  int physical_cores = 1;          ///< of these, those that don't share one core as hyper-threads
  std::uint64_t memory_bytes = 0;  ///< physical memory, or the cgroup's limit where it is lower
  std::uint64_t available_bytes = 0;  ///< free for use now, within that limit
};

/// Reads affinity, /proc/meminfo and the cgroup (v2, then v1). Thread-safe.
Resources machine_resources();

/// How many threads to work with: every core, and where hyper-threads share cores, half of the
/// second ones too.
int default_workers(const Resources& machine);

/// Highest resident set of this process so far, in bytes.
std::uint64_t peak_resident_bytes();

/// What this process's threads have worked on processors so far, added up.
double processor_seconds();

/// Gives memory that was freed back to the system: the allocator keeps what many threads free in
/// small pieces, and a long run would seem to grow. Takes a millisecond or two. Thread-safe.
void give_back_freed_memory();

/// Names of the SIMD targets that this CPU runs, best first, as Highway names them.
std::vector<std::string> simd_targets();

}  // namespace ocrtune
