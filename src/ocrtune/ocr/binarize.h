#pragma once

#include "ocrtune/image/pix.h"

namespace ocrtune {

/// A gray or 32-bit page in black and white as Tesseract binarizes it: Otsu's threshold for each
/// channel (Otsu 1979); black where a channel is on the side of its ink. A page of 1 bit is copied.
/// Null for another depth. Throws std::bad_alloc if memory is short.
PixPtr binarize(PIX* page);

}  // namespace ocrtune
