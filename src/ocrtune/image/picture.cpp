#include "ocrtune/image/picture.h"

#include <algorithm>
#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>
#include <vector>

#include "ocrtune/base/error.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/image/opencv_codecs.h"

namespace ocrtune {
namespace {

constexpr int kJpegQuality = 85;

/// Speed matters more than size: the client is usually the same machine.
constexpr int kPngLevel = 1;

}  // namespace

bool is_black_and_white(const cv::Mat& image) {
  if (image.channels() != 1) return false;
  for (int y = 0; y < image.rows; ++y) {
    const auto* row = image.ptr<uchar>(y);
    if (std::any_of(row, row + image.cols, [](uchar level) { return level != 0 && level != 255; }))
      return false;
  }
  return true;
}

Picture encode_picture(const Image& image, const std::optional<cv::Rect>& region, int max_width,
                       PictureKind kind) {
  const cv::Mat& source = image.colour.empty() ? image.gray : image.colour;
  const cv::Mat shown = reduced_to_width(source(region_within(region, source.size())), max_width);
  std::vector<unsigned char> encoded;
  const bool plain = kind == PictureKind::by_content && is_black_and_white(shown);
  const std::vector<int> settings =
      plain ? std::vector<int>{cv::IMWRITE_PNG_COMPRESSION, kPngLevel, cv::IMWRITE_PNG_BILEVEL, 1}
            : std::vector<int>{cv::IMWRITE_JPEG_QUALITY, kJpegQuality};
  if (!encode_image(plain ? ".png" : ".jpg", shown, encoded, settings)) {
    throw Error(Errc::input_unreadable, tr("the picture can't be encoded"));
  }
  return {plain ? "image/png" : "image/jpeg", std::string(encoded.begin(), encoded.end())};
}

cv::Rect region_within(const std::optional<cv::Rect>& region, cv::Size size) {
  const cv::Rect all({0, 0}, size);
  const cv::Rect cut = region.value_or(all) & all;
  if (cut.area() > 0) return cut;
  throw Error(Errc::invalid_argument, tr("`region`: lies outside the image"));
}

}  // namespace ocrtune
