#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

namespace ocrtune {

/// What control groups (cgroups) leave to a process: of each, the smallest of those of its group
/// and of the groups above it.
struct CgroupLimits {
  std::optional<std::uint64_t> memory_bytes;     ///< the limit; nothing if there is none
  std::optional<std::uint64_t> available_bytes;  ///< of it, what is free; set with `memory_bytes`
  std::optional<double> processors;              ///< quota of processor time, in processors
};

/// The limits of this process, from proc/self/cgroup, proc/self/mountinfo and the files of the
/// groups that they name (v2 and v1), all below `root`, which is "/" except in tests. What cannot
/// be read is no limit. Thread-safe.
CgroupLimits cgroup_limits(const std::filesystem::path& root = "/");

}  // namespace ocrtune
