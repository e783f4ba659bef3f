#pragma once

#include <cerrno>
#include <exception>
#include <new>

namespace ocrtune {

/// Tells whether memory ran out in a C library that gives no result then, and no reason: malloc
/// sets errno. For one thread.
class MemoryWatch {
 public:
  MemoryWatch() { errno = 0; }

  /// Throws std::bad_alloc if memory ran out since the watch began.
  void check() const {
    if (errno == ENOMEM) throw std::bad_alloc();
  }
};

/// Whether an exception says that memory or threads ran out: std::bad_alloc, or std::system_error
/// with that reason.
bool is_memory_shortage(const std::exception& error);

/// Notes that a page was left out, or a stage failed on it, because memory ran out, which the exit
/// status says. Thread-safe.
void note_memory_shortage();

/// Whether that was noted in this process. Thread-safe.
bool memory_ran_out();

}  // namespace ocrtune
