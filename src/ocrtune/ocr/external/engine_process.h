#pragma once

#include <sys/types.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

#include "ocrtune/ocr/external/engine_manifest.h"
#include "ocrtune/ocr/external/memory_file.h"

namespace ocrtune {

/// A running engine: a program in a process group of its own, to which lines are written and which
/// answers with lines. The kernel kills it if this process dies. The destructor ends it, with the
/// processes that it started. Not thread-safe.
class EngineProcess {
 public:
  /// Starts the engine's program; `image` becomes its descriptor 3. Throws Error(limit_reached) if
  /// it cannot be started.
  EngineProcess(const EngineManifest& manifest, const MemoryFile& image);
  ~EngineProcess();
  EngineProcess(const EngineProcess&) = delete;
  EngineProcess& operator=(const EngineProcess&) = delete;

  /// Writes a line. Throws Error(limit_reached) if the engine does not take it.
  void write_line(const std::string& line);

  /// The next line that it writes, at most `most` bytes; nothing if `stop` became true. Throws
  /// Error(limit_reached) with the reason if it ends, exceeds a limit, or writes no line within
  /// `limit`.
  std::optional<std::string> next_line(std::size_t most, std::chrono::duration<double> limit,
                                       const std::atomic<bool>& stop);

  /// Ends its input and waits for its end, at most `limit`. True if it ended with exit status 0.
  bool end_within(std::chrono::duration<double> limit);

 private:
  /// Takes what it wrote to both outputs; waits for that at most `wait_ms`.
  void collect(int wait_ms);
  [[noreturn]] void fail(const std::string& reason) const;
  [[nodiscard]] bool has_ended() const;
  [[nodiscard]] std::string how_it_ended();
  void close_all();

  std::string mark_;  ///< in the environment of its processes (kill_family())
  pid_t pid_ = 0;
  int input_ = -1;
  int output_ = -1;
  int error_ = -1;
  std::optional<int> status_;  ///< of waitpid, once it ended
  bool killed_ = false;        ///< it did not end by itself
  std::string unread_;         ///< output that is not returned yet
  std::size_t searched_ = 0;   ///< bytes of it that have no end of line
  std::string said_;           ///< the end of its standard error
};

}  // namespace ocrtune
