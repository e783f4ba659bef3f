#include "ocrtune/image/decode.h"

#include <fmt/format.h>

#include <algorithm>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "ocrtune/base/translation.h"
#include "ocrtune/image/flatten.h"
#include "ocrtune/image/format.h"
#include "ocrtune/image/jpeg.h"
#include "ocrtune/image/opencv_codecs.h"
#include "ocrtune/image/pdf.h"
#include "ocrtune/image/png.h"
#include "ocrtune/image/tiff.h"
#include "ocrtune/image/unreadable.h"

namespace ocrtune {
namespace {

/// PNG, JPEG, WebP or PNM: one page with the pixels of OpenCV's decoders, whose loading takes
/// longer than the decoding of a plain PNG or JPEG file, so that these are decoded without them.
class SingleFile final : public PageFile {
 public:
  SingleFile(Format format, std::span<const std::byte> bytes, const Header& header)
      : format_(format), bytes_(bytes), header_(header) {}

  [[nodiscard]] int page_count() const override { return 1; }

  using PageFile::decode;

  Image decode(int /*index*/, bool in_colour) override {
    Image image;
    try {
      if (header_.alpha) {
        image = flattened_over_white(decode_image(bytes_, cv::IMREAD_UNCHANGED), in_colour);
      }
      // The decoders compute gray from the stored samples; gray computed from the decoded colours
      // would differ.
      if (image.gray.empty()) {
        image.gray = pixels(false);
        if (in_colour) image.colour = pixels(true);
      }
    } catch (const cv::Exception&) {
      image = {};
    }
    const cv::Mat& gray = image.gray;
    if (gray.empty() || (in_colour && image.colour.size() != gray.size()))
      unreadable(tr("is damaged: its pixels can't be decoded"));
    if (!has_colour(image.colour)) image.colour.release();
    // Rotated by a quarter turn by its orientation tag; this is not visible for a square page.
    const bool turned = gray.cols != header_.width;
    image.dpi = turned ? Resolution{header_.dpi.y, header_.dpi.x} : header_.dpi;
    return image;
  }

 private:
  [[nodiscard]] cv::Mat pixels(bool in_colour) const {
    cv::Mat plain;
    if (format_ == Format::jpeg) plain = decode_jpeg(bytes_, in_colour);
    if (format_ == Format::png) plain = decode_png(bytes_, in_colour);
    if (!plain.empty()) return plain;
    return decode_image(bytes_, in_colour ? cv::IMREAD_COLOR : cv::IMREAD_GRAYSCALE);
  }

  Format format_;
  std::span<const std::byte> bytes_;
  Header header_;
};

}  // namespace

bool fits(double width, double height, const DecodeLimits& limits) {
  return std::max(width, height) <= limits.max_side &&
         width * height <= static_cast<double>(limits.max_pixels);
}

void check_size(double width, double height, const DecodeLimits& limits) {
  if (!(width >= 1 && height >= 1)) unreadable(tr("has no pixels"));
  if (fits(width, height, limits)) return;
  unreadable(tr("is too large: {:.0f}x{:.0f} px, the limit is {} px per side and {} Mpx", width,
                height, limits.max_side, limits.max_pixels / 1'000'000));
}

std::unique_ptr<PageFile> open_pages(std::span<const std::byte> bytes, const DecodeLimits& limits) {
  if (bytes.empty()) unreadable(tr("is empty"));
  const Format format = format_of(bytes);
  switch (format) {
    case Format::pdf:
      return open_pdf(bytes, limits);
    case Format::tiff:
      return open_tiff(bytes, limits);
    case Format::unknown:
      unreadable(tr("is not an image: PNG, JPEG, TIFF, WebP, PNM and PDF can be read"));
    default:
      break;
  }
  if (bytes.size() > 0x7fffffff) unreadable(tr("is too large: the limit for this format is 2 GB"));
  check_complete(format, bytes);
  const Header header = read_header(format, bytes);
  check_size(header.width, header.height, limits);
  return std::make_unique<SingleFile>(format, bytes, header);
}

}  // namespace ocrtune
