#pragma once

#include <string>

#include "ocrtune/base/error.h"

namespace ocrtune {

/// Refuses an image file, with the reason in words. Throws Error (input_unreadable). Thread-safe.
[[noreturn]] inline void unreadable(const std::string& why) {
  throw Error(Errc::input_unreadable, why);
}

}  // namespace ocrtune
