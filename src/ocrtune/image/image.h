#pragma once

#include <cstddef>
#include <opencv2/core/mat.hpp>
#include <optional>

#include "ocrtune/base/hash.h"
#include "ocrtune/image/page_map.h"
#include "ocrtune/image/pixels.h"

namespace ocrtune {

/// Dots per inch; 0 if the file does not state it.
struct Resolution {
  double x = 0;  ///< across
  double y = 0;  ///< down
};

/// A page in memory: 8 bits, one channel, 0 black to 255 white, with its resolution. Copies share
/// the pixels, as cv::Mat does; stages never write into the pixels they are given.
struct Image {
  cv::Mat gray;        ///< empty if a device holds the pixels (`held`)
  Resolution dpi;      ///< of this image: scaled if a stage changed its size
  PageMap to_page;     ///< from px of this image to px of its page
  bool sized = false;  ///< a stage chose its size for OCR, so that it is not rescaled
  /// The same page in BGR, 8 bits per channel; empty if it has no colour or colour was not asked
  /// for.
  cv::Mat colour;
  /// The gray pixels if a device holds them; `gray` is empty then.
  std::optional<Pixels> held;
};

/// The pixels as a matrix of their own: at the edges of a view into a larger matrix, OpenCV's
/// filters would use the pixels beyond. Copies only such a view.
cv::Mat standalone(const cv::Mat& gray);

/// The pixels reduced to this width, from 1 px, by area averaging; narrower ones as they are.
cv::Mat reduced_to_width(const cv::Mat& pixels, int width);

/// True if a pixel of an 8-bit BGR image is not gray.
bool has_colour(const cv::Mat& bgr);

/// Hash of the size and pixels of an 8-bit image of one or more channels. Thread-safe.
ContentHash pixel_hash(const cv::Mat& pixels);

/// Hash of the gray pixels and, if there are any, of the coloured ones. Thread-safe.
ContentHash pixel_hash(const Image& image);

/// Memory that the image's pixels occupy, in bytes.
std::size_t pixel_bytes(const Image& image);

}  // namespace ocrtune
