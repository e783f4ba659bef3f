#pragma once

#include "ocrtune/image/image.h"

namespace ocrtune {

/// `in` enlarged or reduced by `factor`, as nearly as whole pixels allow, and never to more than 32
/// million pixels or a side above 32767 px, unless it is larger itself: bicubic where it grows, the
/// mean of the pixels' areas where it shrinks. The image itself where nothing changes. Resolution
/// and place on the page follow. Pure; thread-safe.
Image resized(const Image& in, double factor);

}  // namespace ocrtune
