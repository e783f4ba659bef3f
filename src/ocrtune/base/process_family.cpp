#include "ocrtune/base/process_family.h"

#include <dirent.h>
#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>
#include <thread>
#include <vector>

#include "ocrtune/base/random_digits.h"
#include "ocrtune/base/text.h"

namespace ocrtune {
namespace {

constexpr std::chrono::milliseconds kPause{2};
constexpr std::chrono::seconds kLimit{5};

std::string content(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<pid_t> all_processes() {
  std::vector<pid_t> all;
  DIR* folder = ::opendir("/proc");
  if (folder == nullptr) return all;
  // NOLINTNEXTLINE(concurrency-mt-unsafe): nobody else has this folder
  while (const dirent* entry = ::readdir(folder)) {
    long long pid = 0;
    if (parse_number(entry->d_name, pid)) all.push_back(static_cast<pid_t>(pid));
  }
  ::closedir(folder);
  return all;
}

/// The parents of the processes that run; those that have ended and were not waited for are left
/// out.
std::map<pid_t, pid_t> parents() {
  std::map<pid_t, pid_t> found;
  for (const pid_t pid : all_processes()) {
    const std::string text = content(fmt::format("/proc/{}/stat", pid));
    // The name before it, in brackets, may hold anything.
    const std::size_t behind_name = text.rfind(')');
    if (behind_name == std::string::npos) continue;
    std::istringstream fields(text.substr(behind_name + 1));
    char state = 0;
    pid_t parent = 0;
    if (fields >> state >> parent && state != 'Z' && state != 'X') found.emplace(pid, parent);
  }
  return found;
}

bool has_mark(pid_t pid, const std::string& mark) {
  const std::string environment = '\0' + content(fmt::format("/proc/{}/environ", pid));
  return environment.find('\0' + mark + '\0') != std::string::npos;
}

std::set<pid_t> family_of(pid_t ancestor, const std::string& mark) {
  const std::map<pid_t, pid_t> parent_of = parents();
  std::set<pid_t> family{ancestor};
  for (const auto& [pid, parent] : parent_of) {
    if (has_mark(pid, mark)) family.insert(pid);
  }
  for (std::size_t before = 0; before != family.size();) {
    before = family.size();
    for (const auto& [pid, parent] : parent_of) {
      if (family.contains(parent)) family.insert(pid);
    }
  }
  for (const pid_t other : {ancestor, ::getpid()}) family.erase(other);
  return family;
}

}  // namespace

std::string family_mark(const std::string& name) {
  return fmt::format("{}={}-{}", name, ::getpid(), random_digits());
}

void kill_family(pid_t ancestor, const std::string& mark) {
  const auto until = std::chrono::steady_clock::now() + kLimit;
  // One that is about to start another is killed before or after that: until none is left.
  for (;;) {
    const std::set<pid_t> family = family_of(ancestor, mark);
    for (const pid_t pid : family) ::kill(pid, SIGKILL);
    if (family.empty() || std::chrono::steady_clock::now() >= until) return;
    std::this_thread::sleep_for(kPause);
  }
}

}  // namespace ocrtune
