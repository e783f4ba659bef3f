#include "ocrtune/base/cgroup.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace ocrtune {
namespace fs = std::filesystem;
namespace {

/// A mounted hierarchy of groups.
struct Hierarchy {
  bool unified = false;      // v2
  std::string controllers;   // of v1: ",memory,"
  std::string mounted_root;  // the group that is seen at the mount point
  std::string mount_point;
};

/// The files of a group in which a version of cgroups states memory and processor time.
struct FileNames {
  const char* memory_limit;
  const char* memory_used;
  const char* reclaimable;  // key in memory.stat
};

constexpr FileNames kUnified{"memory.max", "memory.current", "inactive_file"};
constexpr FileNames kFirstVersion{"memory.limit_in_bytes", "memory.usage_in_bytes",
                                  "total_inactive_file"};

std::vector<std::string> words_of(const std::string& line) {
  std::istringstream in(line);
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

/// Spaces and some other characters are written as \040 in mountinfo.
std::string without_escapes(const std::string& text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escaped = text[i] == '\\' && i + 3 < text.size() &&
                         std::all_of(text.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                                     text.begin() + static_cast<std::ptrdiff_t>(i) + 4,
                                     [](char c) { return c >= '0' && c <= '7'; });
    if (!escaped) {
      plain += text[i];
      continue;
    }
    plain += static_cast<char>(std::stoi(text.substr(i + 1, 3), nullptr, 8));
    i += 3;
  }
  return plain;
}

std::string between_commas(const std::string& list) { return "," + list + ","; }

std::vector<Hierarchy> hierarchies_in(const fs::path& mountinfo) {
  std::ifstream file(mountinfo);
  std::vector<Hierarchy> found;
  for (std::string line; std::getline(file, line);) {
    const std::vector<std::string> words = words_of(line);
    const auto dash = std::ranges::find(words, "-");
    if (words.size() < 5 || words.end() - dash < 4) continue;
    const std::string& type = dash[1];
    if (type != "cgroup2" && type != "cgroup") continue;
    found.push_back({.unified = type == "cgroup2",
                     .controllers = between_commas(dash[3]),
                     .mounted_root = without_escapes(words[3]),
                     .mount_point = without_escapes(words[4])});
  }
  return found;
}

/// The path of this process's group in the hierarchy with a controller of v1, or in that of v2
/// (empty `controller`).
std::optional<std::string> group_in(const fs::path& membership, std::string_view controller) {
  std::ifstream file(membership);
  for (std::string line; std::getline(file, line);) {
    const std::size_t first = line.find(':');
    const std::size_t second = line.find(':', first + 1);
    if (first == std::string::npos || second == std::string::npos) continue;
    const std::string list = line.substr(first + 1, second - first - 1);
    const bool is_it = controller.empty()
                           ? line.starts_with("0::")
                           : between_commas(list).find(between_commas(std::string(controller))) !=
                                 std::string::npos;
    if (is_it) return line.substr(second + 1);
  }
  return std::nullopt;
}

/// The folders of the group and of those above it, up to the mount point.
std::vector<fs::path> folders_of(const fs::path& root, const Hierarchy& in,
                                 const std::string& group) {
  const fs::path top = root / fs::path(in.mount_point).relative_path();
  std::vector<fs::path> folders{top};
  fs::path below = fs::path(group).relative_path();
  if (in.mounted_root != "/") {
    const fs::path inside = fs::path(group).lexically_relative(in.mounted_root);
    below = inside == "." ? fs::path() : inside;
  }
  // A group outside of what is mounted isn't seen.
  if (below.empty() || *below.begin() == "..") return folders;
  for (const fs::path& name : below) folders.push_back(folders.back() / name);
  return folders;
}

std::optional<std::uint64_t> number_in(const fs::path& path) {
  std::ifstream file(path);
  std::uint64_t value = 0;
  return file >> value ? std::optional(value) : std::nullopt;
}

/// The number behind `key` in lines such as "inactive_file 4096"; 0 if it is missing.
std::uint64_t stated(const fs::path& path, std::string_view key) {
  std::ifstream file(path);
  std::string name;
  for (std::uint64_t value = 0; file >> name >> value;) {
    if (name == key) return value;
  }
  return 0;
}

void lower(std::optional<std::uint64_t>& least, std::uint64_t value) {
  least = std::min(least.value_or(value), value);
}

/// Files that were read lately count as used, but are dropped before memory runs out.
void add_memory(const fs::path& folder, const FileNames& names, CgroupLimits& limits) {
  // v1 states a limit where there is none, above all memory.
  constexpr std::uint64_t kNone = std::uint64_t{1} << 60U;
  const auto limit = number_in(folder / names.memory_limit);
  if (!limit || *limit >= kNone) return;
  const std::uint64_t used = number_in(folder / names.memory_used).value_or(0);
  const std::uint64_t held =
      used - std::min(used, stated(folder / "memory.stat", names.reclaimable));
  lower(limits.memory_bytes, *limit);
  lower(limits.available_bytes, *limit - std::min(*limit, held));
}

void add_quota(std::optional<double> quota, std::optional<double> period, CgroupLimits& limits) {
  if (!quota || !period || *quota <= 0 || *period <= 0) return;
  const double processors = *quota / *period;
  limits.processors = std::min(limits.processors.value_or(processors), processors);
}

void add_unified(const fs::path& folder, CgroupLimits& limits) {
  add_memory(folder, kUnified, limits);
  std::ifstream file(folder / "cpu.max");
  double quota = 0;
  double period = 0;
  // "max 100000" has no quota.
  if (file >> quota >> period) add_quota(quota, period, limits);
}

std::optional<double> real_in(const fs::path& path) {
  std::ifstream file(path);
  double value = 0;
  return file >> value ? std::optional(value) : std::nullopt;
}

}  // namespace

CgroupLimits cgroup_limits(const fs::path& root) {
  const fs::path self = root / "proc/self";
  CgroupLimits limits;
  const auto each_folder = [&](const Hierarchy& in, std::string_view controller, auto add) {
    if (!in.unified &&
        in.controllers.find(between_commas(std::string(controller))) == std::string::npos)
      return;
    const auto group = group_in(self / "cgroup", controller);
    if (!group) return;
    for (const fs::path& folder : folders_of(root, in, *group)) add(folder);
  };
  for (const Hierarchy& in : hierarchies_in(self / "mountinfo")) {
    if (in.unified) {
      each_folder(in, "", [&](const fs::path& folder) { add_unified(folder, limits); });
      continue;
    }
    each_folder(in, "memory",
                [&](const fs::path& folder) { add_memory(folder, kFirstVersion, limits); });
    each_folder(in, "cpu", [&](const fs::path& folder) {
      add_quota(real_in(folder / "cpu.cfs_quota_us"), real_in(folder / "cpu.cfs_period_us"),
                limits);
    });
  }
  return limits;
}

}  // namespace ocrtune
