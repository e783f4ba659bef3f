#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <vector>

#include "ocrtune/base/file_state.h"
#include "ocrtune/corpus/inputs.h"

namespace ocrtune::server {

/// A page file and what belongs to it; the state of a file that is not there is that of none.
struct InputState {
  FileState pages;  ///< the file itself
  FileState edits;  ///< its edits by hand
  /// Files that may hold its ground truth: those that the manifest names, or those beside it.
  std::map<std::filesystem::path, FileState> truths;

  bool operator==(const InputState&) const = default;  ///< nothing has changed
};

/// What a corpus is loaded from.
struct InputStates {
  std::vector<InputFile> inputs;  ///< as they were given: one file may have several entries
  std::map<std::filesystem::path, InputState> files;  ///< their files, by path

  /// The same entries in the same order, and no file has changed.
  bool operator==(const InputStates& other) const;
};

/// The states of these files now. Opens none of them. Thread-safe.
InputStates input_states(const std::vector<InputFile>& inputs);

/// True if a page file, its edits or its ground truth has changed within `time`, so that it may not
/// be whole yet. Thread-safe.
bool any_changed_within(const InputStates& states, std::chrono::milliseconds time);

}  // namespace ocrtune::server
