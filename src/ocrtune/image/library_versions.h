#pragma once

#include <string>

namespace ocrtune {

/// The versions of the loaded libraries, such as "4.5.0"; "" if it is unknown. Thread-safe.
std::string libtiff_version();
std::string libwebp_version();
std::string openjpeg_version();
std::string leptonica_version();

}  // namespace ocrtune
