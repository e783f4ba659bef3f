#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <vector>

#include "ocrtune/corpus/inputs.h"

namespace ocrtune::server {

/// What changes when a file is written, replaced or removed.
struct FileState {
  std::uint64_t number = 0;  ///< inode; 0: there is no such file
  std::uint64_t size = 0;    ///< bytes
  std::int64_t time = 0;     ///< of its last change, ns since 1970

  bool operator==(const FileState&) const = default;  ///< it is the same and has not changed
};

/// A page file and what belongs to it.
struct InputState {
  FileState pages;  ///< the file itself
  FileState edits;  ///< its edits by hand
  FileState truth;  ///< its ground truth: of the manifest, or NAME.gt.txt

  bool operator==(const InputState&) const = default;  ///< nothing has changed
};

/// The files of a corpus, by path.
using InputStates = std::map<std::filesystem::path, InputState>;

/// The states of these files now. Opens none of them. Thread-safe.
InputStates input_states(const std::vector<InputFile>& files);

/// True if one of the page files has changed within `time`, so that it may not be whole yet.
/// Thread-safe.
bool any_changed_within(const InputStates& states, std::chrono::milliseconds time);

}  // namespace ocrtune::server
