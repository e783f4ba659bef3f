#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "ocrtune/base/descriptor.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/file_state.h"
#include "ocrtune/corpus/inputs.h"

namespace ocrtune {

/// A folder in which page files appear: finds those that are new and whole. A file is whole if no
/// process of this machine has it open for writing, if it is not empty, and if its size and time
/// have not changed for two seconds. Looks at once where inotify(7) tells of a change, and every 30
/// seconds for changes that it cannot tell of, as those by other machines. Not thread-safe.
class WatchedFolder {
 public:
  /// The files below `folder`, as for_each_page_file() has them. Throws Error(input_unreadable) if
  /// it cannot be read.
  WatchedFolder(std::filesystem::path folder, std::filesystem::path without);

  /// Waits until there are files that are whole, and that are new or have changed since they were
  /// returned last. In natural order; none if `stop` became true. What is told of the folder is
  /// added to `remarks` at the first call. Throws as the constructor.
  std::vector<InputFile> next(const std::atomic<bool>& stop, std::vector<Problem>& remarks);

 private:
  using Clock = std::chrono::steady_clock;

  struct Seen {
    FileState state;
    Clock::time_point since;  ///< it is in this state for as long
    bool is_new = true;       ///< not returned in this state
    std::uint64_t look = 0;   ///< the last one that found it
  };

  /// Looks at all files; those that are whole and new.
  std::vector<InputFile> look(std::vector<Problem>& remarks);
  [[nodiscard]] bool is_whole_and_new(const InputFile& file);
  void wait(const std::atomic<bool>& stop);
  void require_folder() const;
  void watch_folders();
  [[nodiscard]] bool changes_within(std::chrono::milliseconds time);

  std::filesystem::path folder_;
  std::filesystem::path without_;
  Descriptor changes_;  // of inotify(7); none if there is none to be had
  std::map<std::filesystem::path, Seen> seen_;
  std::uint64_t looks_ = 0;
  bool waits_ = false;  // some file is not whole yet
};

}  // namespace ocrtune
