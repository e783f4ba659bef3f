#include "ocrtune/server/input_states.h"

#include <sys/stat.h>

#include <algorithm>
#include <cstdlib>

#include "ocrtune/corpus/page_edits.h"
#include "ocrtune/corpus/truth.h"

namespace ocrtune::server {
namespace fs = std::filesystem;
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

FileState state_of(const fs::path& file) {
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0) return {};
  return {
      .number = status.st_ino,
      .size = static_cast<std::uint64_t>(status.st_size),
      .time = kSecond * static_cast<std::int64_t>(status.st_mtim.tv_sec) + status.st_mtim.tv_nsec};
}

}  // namespace

InputStates input_states(const std::vector<InputFile>& files) {
  InputStates states;
  for (const InputFile& file : files) {
    states[file.path] = {
        .pages = state_of(file.path),
        .edits = state_of(edits_file(file.path)),
        .truth = state_of(file.truth ? *file.truth : new_truth_file(file.path, 0, 1))};
  }
  return states;
}

bool any_changed_within(const InputStates& states, std::chrono::milliseconds time) {
  using std::chrono::duration_cast;
  using std::chrono::nanoseconds;
  const auto now =
      duration_cast<nanoseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
  const auto within = duration_cast<nanoseconds>(time).count();
  return std::ranges::any_of(
      states, [&](const auto& entry) { return std::abs(now - entry.second.pages.time) < within; });
}

}  // namespace ocrtune::server
