#include "ocrtune/report/picture_uri.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "ocrtune/base/error.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/image/opencv_codecs.h"
#include "ocrtune/image/picture.h"

namespace ocrtune {
namespace {

std::string base64(const std::vector<uchar>& bytes) {
  constexpr const char* kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - at);
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < 3; ++i) bits = bits << 8U | (i < count ? bytes[at + i] : 0U);
    for (std::size_t i = 0; i < 4; ++i)
      text += i <= count ? kDigits[bits >> (18 - 6 * i) & 63U] : '=';
  }
  return text;
}

cv::Mat reduced(const cv::Mat& gray, double max_width, double max_height) {
  const double factor = std::min({1.0, max_width / gray.cols, max_height / gray.rows});
  if (factor >= 1) return gray;
  const auto side = [&](int px) { return std::max(1, static_cast<int>(std::lround(px * factor))); };
  cv::Mat small;
  cv::resize(gray, small, {side(gray.cols), side(gray.rows)}, 0, 0, cv::INTER_AREA);
  return small;
}

std::string encoded(const char* extension, const char* type, const cv::Mat& gray,
                    const std::vector<int>& how) {
  std::vector<uchar> bytes;
  if (!encode_image(extension, gray, bytes, how))
    throw Error(Errc::output_unwritable, tr("a picture can't be encoded"));
  return std::string("data:image/") + type + ";base64," + base64(bytes);
}

/// A reduced black and white image, in eight gray levels: it looks the same and compresses well.
std::string as_png(const cv::Mat& gray) {
  constexpr double kStep = 255.0 / 7;
  cv::Mat levels(1, 256, CV_8UC1);
  for (int i = 0; i < 256; ++i)
    levels.at<uchar>(i) = static_cast<uchar>(std::lround(std::round(i / kStep) * kStep));
  cv::Mat few;
  cv::LUT(gray, levels, few);
  return encoded(".png", "png", few, {cv::IMWRITE_PNG_COMPRESSION, 9});
}

}  // namespace

std::string picture_uri(const cv::Mat& gray, const PictureLimits& limits) {
  if (is_black_and_white(gray)) {
    std::string png = as_png(reduced(gray, limits.width, limits.height));
    if (png.size() <= limits.characters) return png;
  }
  struct Try {
    double size;
    int quality;
  };
  constexpr std::array<Try, 4> kTries{{{1, 80}, {1, 65}, {0.75, 60}, {0.5, 45}}};
  std::string jpeg;
  for (const auto& [size, quality] : kTries) {
    jpeg = encoded(".jpg", "jpeg", reduced(gray, limits.width * size, limits.height * size),
                   {cv::IMWRITE_JPEG_QUALITY, quality});
    if (jpeg.size() <= limits.characters) break;
  }
  return jpeg;
}

}  // namespace ocrtune
