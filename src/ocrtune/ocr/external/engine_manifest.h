#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace ocrtune {

/// An external engine as its `engine.json` describes it (docs/reference/engine_protocol.md).
struct EngineManifest {
  std::string name;                   ///< of its folder
  std::filesystem::path folder;       ///< absolute; its program runs here
  std::string title;                  ///< as in the middle of a sentence
  std::string summary;                ///< one phrase
  std::vector<std::string> command;   ///< the program and its arguments
  std::vector<std::string> required;  ///< files that must exist, relative to the folder
  std::string install;                ///< the command that installs it; may be empty
  double startup_seconds = 60;        ///< time limit for its start
  double page_seconds = 120;          ///< time limit for a page
  int memory_mb = 500;                ///< memory of one running engine, MB
};

/// Parses the text of an `engine.json`; `folder` has the engine's name. Throws
/// Error(invalid_argument) with the field if it is invalid. Pure.
EngineManifest parse_manifest(std::string_view text, const std::filesystem::path& folder);

/// Reads `engine.json` in `folder`. Throws Error(input_unreadable), or as parse_manifest().
EngineManifest load_manifest(const std::filesystem::path& folder);

/// Why the engine cannot be started: its program or a required file is missing, with the command
/// that installs it; empty if it can.
std::string missing_for(const EngineManifest& manifest);

/// The folders of all external engines, sorted by name; of two with one name the first. They are
/// searched for in the folders of the environment variable OCRTUNE_ENGINES, or, if that is not set,
/// beside the library and in its installation.
std::vector<std::filesystem::path> engine_folders();

}  // namespace ocrtune
