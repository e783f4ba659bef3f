#pragma once

#include "ocrtune/base/resources.h"

namespace ocrtune {

/// At the end of its scope, returns to the system what was freed in it: a million trials take
/// gigabytes, which the server would keep until it ends.
struct ReturnedMemory {
  ReturnedMemory() = default;
  ~ReturnedMemory() { give_back_freed_memory(); }
  ReturnedMemory(const ReturnedMemory&) = delete;
  ReturnedMemory& operator=(const ReturnedMemory&) = delete;
};

}  // namespace ocrtune
