#pragma once

#include <atomic>
#include <filesystem>

#include "ocrtune/server/roots.h"

namespace ocrtune::server {

/// Shared state of all groups of routes. Outlives them; thread-safe.
struct ServerContext {
  Roots roots;
  std::filesystem::path program;  ///< executable of this program, for starting runs
  const std::atomic<bool>& stop;  ///< becomes true to stop the server

  /// Folder of studies and uploads.
  [[nodiscard]] const std::filesystem::path& folder() const { return roots.first(); }

  /// FOLDER/.ocrtune, for the server's own files.
  [[nodiscard]] std::filesystem::path own_folder() const { return folder() / ".ocrtune"; }
};

}  // namespace ocrtune::server
