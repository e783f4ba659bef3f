#pragma once

#include <string>

namespace ocrtune {

/// The versions of the loaded libraries, such as "22.12.0". Thread-safe.
std::string poppler_version();
std::string qpdf_version();

}  // namespace ocrtune
