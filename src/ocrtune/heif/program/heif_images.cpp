#include "ocrtune/heif/program/heif_images.h"

#include <libheif/heif.h>

#include <new>
#include <opencv2/imgproc.hpp>
#include <string>
#include <utility>

#include "ocrtune/base/memory_shortage.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/image/byte_order.h"
#include "ocrtune/image/exif.h"
#include "ocrtune/image/unreadable.h"

namespace ocrtune {
namespace {

struct ReleasePicture {
  void operator()(heif_image* picture) const { heif_image_release(picture); }
};
using Picture = std::unique_ptr<heif_image, ReleasePicture>;

struct FreeOptions {
  void operator()(heif_decoding_options* options) const { heif_decoding_options_free(options); }
};

/// `usual`: what is said of most errors.
void require(const heif_error& error, const MemoryWatch& watch, const std::string& usual) {
  if (error.code == heif_error_Ok) return;
  watch.check();
  if (error.code == heif_error_Memory_allocation_error &&
      error.subcode != heif_suberror_Security_limit_exceeded)
    throw std::bad_alloc();
  // Later versions of libheif say so; earlier ones have no name for it.
  constexpr int kNoDecoder = 6003;
  if (error.subcode == heif_suberror_Unsupported_codec ||
      static_cast<int>(error.subcode) == kNoDecoder) {
    unreadable(
        tr("is coded as no installed plugin of libheif decodes; for HEVC: apt install "
           "libheif-plugin-libde265, for AV1: apt install libheif-plugin-dav1d"));
  }
  unreadable(usual);
}

std::string damaged_pixels() { return tr("is damaged: its pixels can't be decoded"); }

/// The resolution of the image as it is stored; 0: not stated.
Resolution stored_resolution(const heif_image_handle* handle) {
  heif_item_id id = 0;
  if (heif_image_handle_get_list_of_metadata_block_IDs(handle, "Exif", &id, 1) < 1) return {};
  constexpr std::size_t kOffset = 4;
  std::vector<std::byte> block(heif_image_handle_get_metadata_size(handle, id));
  if (block.size() < kOffset ||
      heif_image_handle_get_metadata(handle, id, block.data()).code != heif_error_Ok)
    return {};
  const std::span<const std::byte> content = std::span(block).subspan(kOffset);
  const std::size_t begin = big_endian(block, 0, kOffset);
  return begin < content.size() ? read_exif(content.subspan(begin)).dpi : Resolution{};
}

/// Colours that are multiplied by their alpha, as those that are not.
void divide_by_alpha(cv::Mat& bgra) {
  for (int y = 0; y < bgra.rows; ++y) {
    auto* pixel = bgra.ptr<cv::Vec4b>(y);
    for (int x = 0; x < bgra.cols; ++x, ++pixel) {
      const int alpha = (*pixel)[3];
      for (int i = 0; i < 3 && alpha > 0; ++i)
        (*pixel)[i] = cv::saturate_cast<uchar>(((*pixel)[i] * 255 + alpha / 2) / alpha);
    }
  }
}

}  // namespace

void HeifImages::FreeContext::operator()(heif_context* context) const {
  heif_context_free(context);
}

void HeifImages::ReleaseHandle::operator()(heif_image_handle* handle) const {
  heif_image_handle_release(handle);
}

HeifImages::HeifImages(std::span<const std::byte> bytes) : context_(heif_context_alloc()) {
  if (!context_) throw std::bad_alloc();
  const MemoryWatch watch;
  heif_context_set_max_decoding_threads(context_.get(), 0);
  require(heif_context_read_from_memory_without_copy(context_.get(), bytes.data(), bytes.size(),
                                                     nullptr),
          watch, tr("is damaged: can't be opened as HEIF or AVIF"));
  const int count = heif_context_get_number_of_top_level_images(context_.get());
  if (count < 1) unreadable(tr("has no still image"));
  images_.resize(static_cast<std::size_t>(count));
  images_.resize(static_cast<std::size_t>(
      heif_context_get_list_of_top_level_image_IDs(context_.get(), images_.data(), count)));
}

HeifImages::Handle HeifImages::handle(std::size_t index) const {
  const MemoryWatch watch;
  heif_image_handle* found = nullptr;
  const heif_error error = heif_context_get_image_handle(context_.get(), images_.at(index), &found);
  Handle handle(found);
  require(error, watch, tr("is damaged: its header can't be read"));
  return handle;
}

HeifImages::Size HeifImages::size(std::size_t index) const {
  const Handle image = handle(index);
  Size size{.width = heif_image_handle_get_width(image.get()),
            .height = heif_image_handle_get_height(image.get()),
            .dpi = stored_resolution(image.get())};
  // Rotated by a quarter turn; this is not visible for a square image.
  const bool is_wide = heif_image_handle_get_ispe_width(image.get()) >
                       heif_image_handle_get_ispe_height(image.get());
  if (size.width != size.height && is_wide != (size.width > size.height))
    std::swap(size.dpi.x, size.dpi.y);
  return size;
}

cv::Mat HeifImages::decode(std::size_t index) const {
  const Handle image = handle(index);
  const std::unique_ptr<heif_decoding_options, FreeOptions> options(heif_decoding_options_alloc());
  if (!options) throw std::bad_alloc();
  options->convert_hdr_to_8bit = 1;
  options->strict_decoding = 1;
  const bool has_alpha = heif_image_handle_has_alpha_channel(image.get()) != 0;
  const MemoryWatch watch;
  heif_image* made = nullptr;
  const heif_error error = heif_decode_image(
      image.get(), &made, heif_colorspace_RGB,
      has_alpha ? heif_chroma_interleaved_RGBA : heif_chroma_interleaved_RGB, options.get());
  const Picture picture(made);
  require(error, watch, damaged_pixels());
  int stride = 0;
  const std::uint8_t* rows =
      heif_image_get_plane_readonly(picture.get(), heif_channel_interleaved, &stride);
  const int width = heif_image_get_width(picture.get(), heif_channel_interleaved);
  const int height = heif_image_get_height(picture.get(), heif_channel_interleaved);
  if (rows == nullptr || width < 1 || height < 1 || stride < 1) unreadable(damaged_pixels());
  // OpenCV's matrix type is not const, but the rows are only read.
  const cv::Mat rgb(height, width, has_alpha ? CV_8UC4 : CV_8UC3, const_cast<std::uint8_t*>(rows),
                    static_cast<std::size_t>(stride));
  cv::Mat pixels;
  cv::cvtColor(rgb, pixels, has_alpha ? cv::COLOR_RGBA2BGRA : cv::COLOR_RGB2BGR);
  if (has_alpha && heif_image_handle_is_premultiplied_alpha(image.get()) != 0)
    divide_by_alpha(pixels);
  return pixels;
}

}  // namespace ocrtune
