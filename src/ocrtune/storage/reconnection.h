#pragma once

#include <functional>
#include <string>

namespace ocrtune {

/// What to do when the connection to a study's server is lost.
struct Reconnection {
  double patience = 0;  ///< s; how long to try to connect again; 0: not at all
  /// Ends the attempts.
  std::function<bool()> stopped = [] { return false; };
  /// Gets one line when the connection is lost.
  std::function<void(const std::string&)> say = [](const std::string&) {};
  /// Called with the new connection, before what was interrupted is done again. May throw.
  std::function<void()> restored = [] {};
};

}  // namespace ocrtune
