#include "ocrtune/image/image_file.h"

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <utility>
#include <vector>

#include "ocrtune/base/memory_shortage.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/image/cv_memory.h"
#include "ocrtune/image/flatten.h"
#include "ocrtune/image/gif.h"
#include "ocrtune/image/jpeg.h"
#include "ocrtune/image/jpeg2000.h"
#include "ocrtune/image/opencv_codecs.h"
#include "ocrtune/image/png.h"
#include "ocrtune/image/stated_resolution.h"
#include "ocrtune/image/tiff.h"
#include "ocrtune/image/unreadable.h"

namespace ocrtune {
namespace {

/// PNG, JPEG, WebP, BMP, GIF or PNM: one page with the pixels of OpenCV's decoders, whose loading
/// takes longer than the decoding of a plain PNG or JPEG file, so that these are decoded without
/// them.
class SingleFile final : public PageFile {
 public:
  SingleFile(Format format, std::span<const std::byte> bytes, const Header& header)
      : format_(format), bytes_(bytes), header_(header) {}

  /// Of a JPEG file that lacked its end mark.
  SingleFile(std::vector<std::byte> completed, const Header& header)
      : format_(Format::jpeg),
        completed_(std::move(completed)),
        bytes_(completed_),
        header_(header) {}

  [[nodiscard]] int page_count() const override { return 1; }

  [[nodiscard]] std::string remark() const override {
    return completed_.empty() ? "" : tr("has no JPEG end mark; all of its rows were decoded");
  }

  using PageFile::decode;

  Image decode(int /*index*/, bool in_colour) override {
    Image image;
    const MemoryWatch watch;
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
    } catch (const cv::Exception& error) {
      check_memory(error);
      image = {};
    }
    const cv::Mat& gray = image.gray;
    if (gray.empty() || (in_colour && image.colour.size() != gray.size())) {
      watch.check();
      unreadable(tr("is damaged: its pixels can't be decoded"));
    }
    if (!has_colour(image.colour)) image.colour.release();
    // Rotated by a quarter turn by its orientation tag; this is not visible for a square page.
    const bool turned = gray.cols != header_.width;
    image.dpi = stated_resolution(turned ? Resolution{header_.dpi.y, header_.dpi.x} : header_.dpi);
    return image;
  }

 private:
  [[nodiscard]] cv::Mat pixels(bool in_colour) const {
    cv::Mat plain;
    if (format_ == Format::jpeg) plain = decode_jpeg(bytes_, in_colour);
    if (format_ == Format::png) plain = decode_png(bytes_, in_colour);
    if (format_ == Format::gif) return gif(in_colour);
    if (!plain.empty()) return plain;
    return decode_image(bytes_, in_colour ? cv::IMREAD_COLOR : cv::IMREAD_GRAYSCALE);
  }

  [[nodiscard]] cv::Mat gif(bool in_colour) const {
    cv::Mat image = decode_gif(bytes_);
    if (!image.empty() && !in_colour) cv::cvtColor(image, image, cv::COLOR_BGR2GRAY);
    return image;
  }

  Format format_;
  std::vector<std::byte> completed_;
  std::span<const std::byte> bytes_;
  Header header_;
};

/// Says that a file is cut off where that is why its header cannot be read.
Header header_of(Format format, std::span<const std::byte> bytes) {
  try {
    return read_header(format, bytes);
  } catch (const Error&) {
    check_complete(format, bytes);
    throw;
  }
}

}  // namespace

std::unique_ptr<PageFile> open_image_file(Format format, std::span<const std::byte> bytes,
                                          const DecodeLimits& limits) {
  if (format == Format::tiff) return open_tiff(bytes, limits);
  if (format == Format::jpeg2000) return open_jpeg2000(bytes, limits);
  if (bytes.size() > 0x7fffffff) unreadable(tr("is too large: the limit for this format is 2 GB"));
  std::vector<std::byte> completed;
  if (format == Format::jpeg) completed = with_end_mark(bytes);
  if (completed.empty()) check_complete(format, bytes);
  const Header header = header_of(format, bytes);
  check_size(header.width, header.height, limits);
  if (!completed.empty()) {
    if (!all_rows_decode(completed)) check_complete(format, bytes);
    return std::make_unique<SingleFile>(std::move(completed), header);
  }
  return std::make_unique<SingleFile>(format, bytes, header);
}

}  // namespace ocrtune
