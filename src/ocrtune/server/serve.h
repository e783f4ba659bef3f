#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace ocrtune::server {

/// What a server is started with.
struct ServeOptions {
  std::filesystem::path folder;              ///< where studies are kept
  std::vector<std::filesystem::path> pages;  ///< further folders that pages may be taken from
  std::optional<int> port;
};

/// Serves until `stop` becomes true. `started` is told the address that lets a browser in, once it
/// can be opened. Throws Error where the folder or the port can't be used.
void serve(const ServeOptions& options, const std::function<void(const std::string&)>& started,
           const std::atomic<bool>& stop);

/// "METHOD PATTERN" of every address below /api that a server of `folder` answers, in the router's
/// order. Errors as serve.
std::vector<std::string> all_addresses(const std::filesystem::path& folder);

}  // namespace ocrtune::server
