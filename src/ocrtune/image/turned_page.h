#pragma once

#include "ocrtune/image/image.h"

namespace ocrtune {

/// `page` after clockwise rotations by 90 degrees, `turns` of them, 0 to 3: its pixels, colours and
/// resolution. The result is a page of its own, on which positions are its own: `to_page` is the
/// identity. Pure; thread-safe.
Image turned_clockwise(const Image& page, int turns);

}  // namespace ocrtune
