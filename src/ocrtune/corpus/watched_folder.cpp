#include "ocrtune/corpus/watched_folder.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <system_error>
#include <thread>
#include <utility>

#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/corpus/page_folder.h"

namespace ocrtune {
namespace fs = std::filesystem;
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kSettled{2000};
constexpr milliseconds kBetweenLooks{30'000};
/// In which `stop` is noticed.
constexpr milliseconds kMoment{500};

/// True if it is known that a process has the file open for writing: then there is no lease to read
/// it (fcntl(2)).
bool is_being_written(const fs::path& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (!file.valid()) return false;
  if (::fcntl(file.get(), F_SETLEASE, F_RDLCK) != 0) return errno == EAGAIN;
  ::fcntl(file.get(), F_SETLEASE, F_UNLCK);
  return false;
}

}  // namespace

WatchedFolder::WatchedFolder(fs::path folder, fs::path without)
    : folder_(std::move(folder)),
      without_(std::move(without)),
      changes_(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {
  require_folder();
}

std::vector<InputFile> WatchedFolder::next(const std::atomic<bool>& stop,
                                           std::vector<Problem>& remarks) {
  while (!stop) {
    watch_folders();
    if (auto files = look(remarks); !files.empty()) return files;
    wait(stop);
  }
  return {};
}

void WatchedFolder::wait(const std::atomic<bool>& stop) {
  if (waits_) {
    // A file that is being written changes all the time.
    std::this_thread::sleep_for(kMoment);
    return;
  }
  const Clock::time_point until = Clock::now() + kBetweenLooks;
  while (!stop && Clock::now() < until && !changes_within(kMoment)) continue;
}

std::vector<InputFile> WatchedFolder::look(std::vector<Problem>& remarks) {
  ++looks_;
  waits_ = false;
  std::vector<InputFile> whole;
  std::vector<Problem> problems;
  for_each_page_file(folder_, without_, problems, [&](InputFile file) {
    if (is_whole_and_new(file)) whole.push_back(std::move(file));
    return true;
  });
  // A folder within it may have vanished meanwhile.
  require_folder();
  std::erase_if(seen_, [this](const auto& entry) { return entry.second.look != looks_; });
  for (Problem& problem : problems) {
    if (looks_ == 1 && problem.is_remark) remarks.push_back(std::move(problem));
  }
  return whole;
}

bool WatchedFolder::is_whole_and_new(const InputFile& file) {
  const std::optional<FileState> found = file_state(file.path);
  if (!found) return false;
  const FileState state = *found;
  const auto now = Clock::now();
  Seen& seen = seen_.try_emplace(file.path, Seen{.state = state, .since = now}).first->second;
  seen.look = looks_;
  if (seen.state != state) seen = {.state = state, .since = now, .look = looks_};
  if (!seen.is_new || state.size == 0) return false;
  if (now - seen.since < kSettled || is_being_written(file.path)) {
    waits_ = true;
    return false;
  }
  seen.is_new = false;
  return true;
}

void WatchedFolder::require_folder() const {
  std::error_code failure;
  const fs::directory_iterator entries(folder_, failure);
  if (failure)
    throw Error(Errc::input_unreadable,
                shown(folder_) + ": " + tr("the folder can't be read: ") + system_message(failure));
}

/// Adding a folder again changes nothing.
void WatchedFolder::watch_folders() {
  if (!changes_.valid()) return;
  constexpr std::uint32_t kChanges =
      IN_CREATE | IN_MODIFY | IN_CLOSE_WRITE | IN_MOVED_TO | IN_ONLYDIR;
  ::inotify_add_watch(changes_.get(), folder_.c_str(), kChanges);
  std::error_code ignored;
  fs::recursive_directory_iterator it(folder_, fs::directory_options::skip_permission_denied,
                                      ignored);
  for (; !ignored && it != fs::recursive_directory_iterator(); it.increment(ignored)) {
    std::error_code missing;
    if (!it->is_directory(missing) || it->is_symlink(missing)) continue;
    if (it->path().filename().string().starts_with('.') ||
        fs::equivalent(it->path(), without_, missing))
      it.disable_recursion_pending();
    else
      ::inotify_add_watch(changes_.get(), it->path().c_str(), kChanges);
  }
}

bool WatchedFolder::changes_within(milliseconds time) {
  pollfd waited{.fd = changes_.get(), .events = POLLIN, .revents = 0};
  if (::poll(&waited, 1, static_cast<int>(time.count())) <= 0) return false;
  std::array<std::byte, 65536> told{};
  while (::read(changes_.get(), told.data(), told.size()) > 0) continue;
  return true;
}

}  // namespace ocrtune
