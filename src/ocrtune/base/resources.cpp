#include "ocrtune/base/resources.h"

#include <fmt/format.h>
#include <hwy/targets.h>
#include <malloc.h>
#include <sched.h>
#include <sys/resource.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "ocrtune/base/cgroup.h"

namespace ocrtune {
namespace {

constexpr std::uint64_t kNoLimit = std::numeric_limits<std::uint64_t>::max();

/// The value of `key` in a file with lines such as "MemTotal: 2048 kB".
std::uint64_t bytes_stated(const char* path, const std::string& key) {
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    std::string name;
    std::uint64_t kilobytes = 0;
    if (words >> name >> kilobytes && name == key + ":") return kilobytes * 1024;
  }
  return 0;
}

std::vector<int> cpus_by_affinity() {
  cpu_set_t set;
  CPU_ZERO(&set);
  std::vector<int> cpus;
  if (sched_getaffinity(0, sizeof set, &set) != 0) return {0};
  for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
    if (CPU_ISSET(cpu, &set)) cpus.push_back(cpu);
  }
  return cpus;
}

/// Hyper-threads of one core list the same siblings.
int physical_cores_of(const std::vector<int>& cpus) {
  std::set<std::string> cores;
  for (const int cpu : cpus) {
    std::ifstream file(
        fmt::format("/sys/devices/system/cpu/cpu{}/topology/thread_siblings_list", cpu));
    std::string siblings;
    if (!(file >> siblings)) siblings = fmt::format("{}", cpu);
    cores.insert(siblings);
  }
  return static_cast<int>(cores.size());
}

int cores_by_quota(int cores, std::optional<double> quota) {
  if (!quota || *quota >= cores) return cores;
  return std::max(1, static_cast<int>(std::lround(*quota)));
}

}  // namespace

Resources machine_resources() {
  Resources result;
  const std::vector<int> cpus = cpus_by_affinity();
  const CgroupLimits limits = cgroup_limits();
  result.logical_cores = cores_by_quota(static_cast<int>(cpus.size()), limits.processors);
  result.physical_cores = std::min(result.logical_cores, physical_cores_of(cpus));
  result.memory_bytes = bytes_stated("/proc/meminfo", "MemTotal");
  result.available_bytes = bytes_stated("/proc/meminfo", "MemAvailable");
  result.memory_bytes = std::min(result.memory_bytes, limits.memory_bytes.value_or(kNoLimit));
  result.available_bytes =
      std::min(result.available_bytes, limits.available_bytes.value_or(kNoLimit));
  return result;
}

int default_workers(const Resources& machine) {
  return std::min(machine.logical_cores, machine.physical_cores + (machine.physical_cores + 1) / 2);
}

std::uint64_t peak_resident_bytes() {
  // getrusage() would include the peak of the parent process.
  return bytes_stated("/proc/self/status", "VmHWM");
}

double processor_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

void give_back_freed_memory() {
#ifdef __GLIBC__
  malloc_trim(0);
#endif
}

std::vector<std::string> simd_targets() {
  std::vector<std::string> names;
  const auto supported = static_cast<std::uint64_t>(hwy::SupportedTargets());
  // In Highway, lower bits are better targets.
  for (int bit = 0; bit < 63; ++bit) {
    const std::uint64_t target = std::uint64_t{1} << bit;
    if ((supported & target) != 0)
      names.emplace_back(hwy::TargetName(static_cast<int64_t>(target)));
  }
  return names;
}

}  // namespace ocrtune
