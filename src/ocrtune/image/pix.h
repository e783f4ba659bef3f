#pragma once

#include <leptonica/allheaders.h>

#include <memory>
#include <opencv2/core/mat.hpp>

namespace ocrtune {

struct DestroyPix {
  void operator()(PIX* pix) const { pixDestroy(&pix); }
};

/// An image of Leptonica's.
using PixPtr = std::unique_ptr<PIX, DestroyPix>;

/// An 8-bit gray page as a Leptonica image; null if it has no pixels. Throws std::bad_alloc if
/// memory is short.
PixPtr to_pix(const cv::Mat& gray);

}  // namespace ocrtune
