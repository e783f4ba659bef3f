#pragma once

#include <string>

namespace ocrtune {

/// An ICC profile (version 4.2) of the colour space sRGB of IEC 61966-2-1, for the output intent of
/// PDF/A. Computed; some 600 bytes.
std::string srgb_profile();

}  // namespace ocrtune
