#pragma once

#include <atomic>
#include <filesystem>

#include "ocrtune/server/roots.h"

namespace ocrtune::server {

/// What all groups of routes work with. Outlives them; thread-safe.
struct ServerContext {
  Roots roots;
  std::filesystem::path program;  ///< this command's own file, to be run
  const std::atomic<bool>& stop;  ///< becomes true when the server is to end

  /// Where studies and uploads are kept.
  [[nodiscard]] const std::filesystem::path& folder() const { return roots.first(); }

  /// FOLDER/.ocrtune, the server's own files.
  [[nodiscard]] std::filesystem::path own_folder() const { return folder() / ".ocrtune"; }
};

}  // namespace ocrtune::server
