#pragma once

#include <opencv2/core/mat.hpp>
#include <optional>
#include <string>

#include "ocrtune/image/image.h"

namespace ocrtune {

/// True for one channel whose every pixel is 0 or 255.
bool is_black_and_white(const cv::Mat& image);

/// Allowed encodings: always JPEG, or PNG if the picture is black and white.
enum class PictureKind { jpeg, by_content };

/// An encoded picture.
struct Picture {
  std::string type;  ///< "image/jpeg" or "image/png"
  std::string bytes;
};

/// The part `region` of an image (the whole image if none is given; cut to the image), in colour if
/// it has colours, reduced to `max_width` px by area. Throws Error(invalid_argument) if the region
/// has no pixel of the image, Error(input_unreadable) if the encoder fails. Thread-safe.
Picture encode_picture(const Image& image, const std::optional<cv::Rect>& region, int max_width,
                       PictureKind kind);

/// `region` cut to an image of that size. Throws as encode_picture.
cv::Rect region_within(const std::optional<cv::Rect>& region, cv::Size size);

}  // namespace ocrtune
