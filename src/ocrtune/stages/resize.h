#pragma once

#include "ocrtune/image/image.h"

namespace ocrtune {

/// `in` enlarged or reduced by `factor`, as nearly as whole pixels allow, but never to more than 32
/// million pixels or a side above 32767 px, unless `in` is larger itself. Enlarged by bicubic
/// interpolation, reduced by averaging the pixels' areas. The image itself if nothing changes.
/// Resolution and map to the page are scaled. Pure; thread-safe.
Image resized(const Image& in, double factor);

}  // namespace ocrtune
