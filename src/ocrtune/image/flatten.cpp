#include "ocrtune/image/flatten.h"

#include <opencv2/imgproc.hpp>

namespace ocrtune {

namespace {

/// Composes every channel of the pixels over white with one alpha channel.
void lay_over_white(cv::Mat& pixels, const cv::Mat& alpha) {
  const int channels = pixels.channels();
  for (int y = 0; y < pixels.rows; ++y) {
    auto* row = pixels.ptr<uchar>(y);
    const auto* opacity = alpha.ptr<uchar>(y);
    for (int x = 0; x < pixels.cols; ++x) {
      for (int channel = 0; channel < channels; ++channel, ++row) {
        *row = static_cast<uchar>((*row * opacity[x] + 255 * (255 - opacity[x]) + 127) / 255);
      }
    }
  }
}

}  // namespace

Image flattened_over_white(const cv::Mat& image, bool in_colour) {
  if (image.empty() || image.channels() != 4) return {};
  cv::Mat bgra = image;
  if (image.depth() == CV_16U) image.convertTo(bgra, CV_8U, 1.0 / 257.0);
  if (bgra.depth() != CV_8U) return {};
  cv::Mat alpha;
  cv::extractChannel(bgra, alpha, 3);
  double least = 0;
  cv::minMaxLoc(alpha, &least);
  if (least == 255) return {};
  Image flat;
  cv::cvtColor(bgra, flat.gray, cv::COLOR_BGRA2GRAY);
  lay_over_white(flat.gray, alpha);
  if (in_colour) {
    cv::cvtColor(bgra, flat.colour, cv::COLOR_BGRA2BGR);
    lay_over_white(flat.colour, alpha);
  }
  return flat;
}

Image gray_and_colour(const cv::Mat& pixels, bool in_colour) {
  Image image = flattened_over_white(pixels, in_colour);
  if (!image.gray.empty()) return image;
  if (pixels.channels() == 1) return Image{.gray = pixels};
  const bool has_alpha = pixels.channels() == 4;  // opaque everywhere
  cv::cvtColor(pixels, image.gray, has_alpha ? cv::COLOR_BGRA2GRAY : cv::COLOR_BGR2GRAY);
  if (!in_colour) return image;
  image.colour = pixels;
  if (has_alpha) cv::cvtColor(pixels, image.colour, cv::COLOR_BGRA2BGR);
  if (!has_colour(image.colour)) image.colour.release();
  return image;
}

}  // namespace ocrtune
