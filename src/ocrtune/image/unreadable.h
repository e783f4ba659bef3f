#pragma once

#include <string>

#include "ocrtune/base/error.h"

namespace ocrtune {

/// Throws Error(input_unreadable) with the reason. Thread-safe.
[[noreturn]] inline void unreadable(const std::string& why) {
  throw Error(Errc::input_unreadable, why);
}

}  // namespace ocrtune
