#pragma once

#include <leptonica/allheaders.h>

#include <memory>

namespace ocrtune::lstm {

struct DestroyPix {
  void operator()(PIX* pix) const { pixDestroy(&pix); }
};

/// An image of Leptonica's.
using PixPtr = std::unique_ptr<PIX, DestroyPix>;

}  // namespace ocrtune::lstm
