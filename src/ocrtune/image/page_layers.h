#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "ocrtune/image/facsimile.h"

namespace ocrtune {

/// What is below the ink of a page.
struct PageBackground {
  Facsimile image;                       ///< as large as the page, of lower resolution
  std::array<std::uint8_t, 3> ink = {};  ///< RGB of the ink that lies on it
};

/// A page in layers, as in compact PDF files ("mixed raster content", ISO/IEC 16485).
struct PageLayers {
  Facsimile mask;             ///< where ink is, 1 bit, black: at full resolution
  PageBackground background;  ///< the colours of the paper
};

/// Pixels per inch of backgrounds; of pages that do not state their resolution, a third of it.
inline constexpr int kBackgroundDpi = 100;
/// JPEG quality of backgrounds, of 100.
inline constexpr int kBackgroundQuality = 60;

/// The layers of `output`, which was made from `page`, in black and white alone: the mask is its
/// pixels, the background those of the page around them, with the ink filled in from what is around
/// it, and the ink has the page's colour there, the lower quartile of each channel. Nothing if the
/// output has other levels, or the page no others. Throws Error(input_unreadable) if the encoder
/// fails. Thread-safe.
std::optional<PageLayers> layers_of(const Image& output, const Image& page);

}  // namespace ocrtune
