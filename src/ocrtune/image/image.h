#pragma once

#include <cstddef>
#include <opencv2/core/mat.hpp>
#include <optional>

#include "ocrtune/base/hash.h"
#include "ocrtune/image/page_map.h"
#include "ocrtune/image/pixels.h"

namespace ocrtune {

/// Dots per inch; 0 where the file doesn't say.
struct Resolution {
  double x = 0;  ///< across
  double y = 0;  ///< down
};

/// A page in memory: 8 bits, one channel, 0 black to 255 white, with its resolution. Copies share
/// the pixels, as cv::Mat does; stages never write into the pixels they are given.
struct Image {
  cv::Mat gray;        ///< empty where a device holds the pixels (`held`)
  Resolution dpi;      ///< of this image: scaled where a stage changed its size
  PageMap to_page;     ///< from its px to those of the page it was made from
  bool sized = false;  ///< its size was chosen for reading, so that it is read as it is
  /// The same page in BGR, 8 bits a channel; empty where it has no colour or nobody asked for it.
  cv::Mat colour;
  /// The gray pixels where a device holds them; `gray` is empty then.
  std::optional<Pixels> held;
};

/// The pixels as a matrix of their own: at the edges of a view into a larger matrix OpenCV's
/// filters would look at the pixels beyond. Copies only such a view.
cv::Mat standalone(const cv::Mat& gray);

/// True where a pixel of an 8-bit BGR image isn't gray.
bool has_colour(const cv::Mat& bgr);

/// Identity of the size and pixels of an 8-bit image of one or more channels. Thread-safe.
ContentHash pixel_hash(const cv::Mat& pixels);

/// Identity of the gray pixels and, where there are any, of the coloured ones. Thread-safe.
ContentHash pixel_hash(const Image& image);

/// What the image's pixels take in memory.
std::size_t pixel_bytes(const Image& image);

}  // namespace ocrtune
