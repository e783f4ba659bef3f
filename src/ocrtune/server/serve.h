#pragma once

#include <atomic>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace ocrtune::server {

/// Options of a server.
struct ServeOptions {
  std::filesystem::path folder;              ///< folder of studies
  std::vector<std::filesystem::path> pages;  ///< further folders with pages
  std::vector<std::string> studies;          ///< addresses on PostgreSQL servers (StudyBook)
  std::optional<int> port;
  std::size_t runs = 2;    ///< at a time; further ones wait
  bool new_token = false;  ///< those of earlier servers of the folder do not admit any longer
};

/// Serves until `stop` becomes true. `started` gets the address that grants access to a browser,
/// once the server is ready. Throws Error if the folder or the port cannot be used.
void serve(const ServeOptions& options, const std::function<void(const std::string&)>& started,
           const std::atomic<bool>& stop);

/// "METHOD PATTERN" of every address below /api that a server of `folder` answers, in the router's
/// order. Errors as serve.
std::vector<std::string> all_addresses(const std::filesystem::path& folder);

}  // namespace ocrtune::server
