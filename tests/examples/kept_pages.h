#pragma once

#include <string>

#include "pages/sheet.h"

namespace ocrtune::examples::test {

/// What the kept images were typeset with, on Debian 12.
inline constexpr const char* kKeptWith = "1.50.";

/// Where this is false, typesetting gives other pages than the kept ones.
inline bool typesets_as_kept() { return typesetter_version().starts_with(kKeptWith); }

inline std::string typeset_otherwise() {
  return "kept with Pango " + std::string(kKeptWith) + "x; here is " + typesetter_version();
}

}  // namespace ocrtune::examples::test
