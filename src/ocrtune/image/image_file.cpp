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
#include "ocrtune/image/orientation.h"
#include "ocrtune/image/png.h"
#include "ocrtune/image/stated_resolution.h"
#include "ocrtune/image/tiff.h"
#include "ocrtune/image/unreadable.h"
#include "ocrtune/image/webp.h"

namespace ocrtune {
namespace {

/// What is decoded of a file.
struct Single {
  Format format = Format::unknown;
  std::span<const std::byte> bytes;
  std::vector<std::byte> made;  ///< to be decoded instead of the bytes; empty: these
  std::string remark;           ///< of the page
  Header header;
  int orientation = 1;  ///< that the decoder leaves as it is stored, see upright()
};

/// PNG, JPEG, WebP, BMP, GIF or PNM: one page with the pixels of OpenCV's decoders, whose loading
/// takes longer than the decoding of a plain PNG or JPEG file, so that these are decoded without
/// them.
class SingleFile final : public PageFile {
 public:
  explicit SingleFile(Single file)
      : file_(std::move(file)),
        format_(file_.format),
        bytes_(file_.made.empty() ? file_.bytes : file_.made),
        header_(file_.header) {}

  [[nodiscard]] int page_count() const override { return 1; }

  [[nodiscard]] std::string remark() const override { return file_.remark; }

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
    return file_.orientation == 1 ? image : turned_upright(image);
  }

 private:
  [[nodiscard]] Image turned_upright(Image image) const {
    image.gray = upright(image.gray, file_.orientation);
    if (!image.colour.empty()) image.colour = upright(image.colour, file_.orientation);
    if (swaps_sides(file_.orientation)) std::swap(image.dpi.x, image.dpi.y);
    return image;
  }

  [[nodiscard]] cv::Mat pixels(bool in_colour) const {
    cv::Mat plain;
    if (format_ == Format::jpeg) plain = decode_jpeg(bytes_, in_colour);
    if (format_ == Format::png) plain = decode_png(bytes_, in_colour);
    if (format_ == Format::gif) return gif(in_colour);
    if (!plain.empty()) return plain;
    // Later versions of OpenCV turn WebP files upright too.
    const int as_stored = format_ == Format::webp ? cv::IMREAD_IGNORE_ORIENTATION : 0;
    return decode_image(bytes_, (in_colour ? cv::IMREAD_COLOR : cv::IMREAD_GRAYSCALE) | as_stored);
  }

  [[nodiscard]] cv::Mat gif(bool in_colour) const {
    cv::Mat image = decode_gif(bytes_);
    if (!image.empty() && !in_colour) cv::cvtColor(image, image, cv::COLOR_BGR2GRAY);
    return image;
  }

  Single file_;
  Format format_;
  std::span<const std::byte> bytes_;
  const Header& header_;
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

/// A JPEG file that lacks its end mark.
std::unique_ptr<PageFile> open_completed(std::span<const std::byte> bytes,
                                         std::vector<std::byte> completed,
                                         const DecodeLimits& limits) {
  const Header header = header_of(Format::jpeg, bytes);
  check_size(header.width, header.height, limits);
  if (!all_rows_decode(completed)) check_complete(Format::jpeg, bytes);
  return std::make_unique<SingleFile>(
      Single{.format = Format::jpeg,
             .bytes = bytes,
             .made = std::move(completed),
             .remark = tr("has no JPEG end mark; all of its rows were decoded"),
             .header = header});
}

/// The image of a file that is no animation, or the first one of an animation.
std::unique_ptr<PageFile> open_webp(std::span<const std::byte> bytes, const DecodeLimits& limits) {
  WebpParts parts = webp_parts(bytes);
  Single file{.format = Format::webp,
              .bytes = bytes,
              .made = std::move(parts.first_image),
              .remark = {},
              .orientation = parts.exif.orientation};
  file.header = header_of(Format::webp, file.made.empty() ? bytes : file.made);
  file.header.dpi = parts.exif.dpi;
  check_size(file.header.width, file.header.height, limits);
  return std::make_unique<SingleFile>(std::move(file));
}

}  // namespace

std::unique_ptr<PageFile> open_image_file(Format format, std::span<const std::byte> bytes,
                                          const DecodeLimits& limits) {
  if (format == Format::tiff) return open_tiff(bytes, limits);
  if (format == Format::jpeg2000) return open_jpeg2000(bytes, limits);
  if (bytes.size() > 0x7fffffff) unreadable(tr("is too large: the limit for this format is 2 GB"));
  if (format == Format::webp) return open_webp(bytes, limits);
  if (format == Format::jpeg) {
    std::vector<std::byte> completed = with_end_mark(bytes);
    if (!completed.empty()) return open_completed(bytes, std::move(completed), limits);
  }
  check_complete(format, bytes);
  const Header header = header_of(format, bytes);
  check_size(header.width, header.height, limits);
  return std::make_unique<SingleFile>(
      Single{.format = format, .bytes = bytes, .made = {}, .remark = {}, .header = header});
}

}  // namespace ocrtune
