#include "heif/heif_bytes.h"

#include <libheif/heif.h>

#include <algorithm>
#include <memory>
#include <opencv2/imgproc.hpp>
#include <stdexcept>

namespace ocrtune::test {
namespace {

void require(const heif_error& error) {
  if (error.code != heif_error_Ok) throw std::runtime_error(error.message);
}

template <auto Free>
struct FreeBy {
  template <typename T>
  void operator()(T* pointer) const {
    Free(pointer);
  }
};

using Context = std::unique_ptr<heif_context, FreeBy<heif_context_free>>;
using Encoder = std::unique_ptr<heif_encoder, FreeBy<heif_encoder_release>>;
using Picture = std::unique_ptr<heif_image, FreeBy<heif_image_release>>;
using Handle = std::unique_ptr<heif_image_handle, FreeBy<heif_image_handle_release>>;
using Options = std::unique_ptr<heif_encoding_options, FreeBy<heif_encoding_options_free>>;

Picture picture_of(const HeifImage& image) {
  const int channels = image.pixels.channels();
  const bool is_deep = image.pixels.depth() == CV_16U;
  cv::Mat stored = image.pixels.clone();
  if (channels == 3) cv::cvtColor(stored, stored, cv::COLOR_BGR2RGB);
  if (channels == 4) cv::cvtColor(stored, stored, cv::COLOR_BGRA2RGBA);
  if (is_deep) stored = stored / (1 << (16 - image.bits));
  heif_chroma chroma = channels == 1 ? heif_chroma_monochrome : heif_chroma_interleaved_RGB;
  if (channels == 4) chroma = heif_chroma_interleaved_RGBA;
  if (is_deep) chroma = heif_chroma_interleaved_RRGGBB_LE;
  heif_image* made = nullptr;
  require(heif_image_create(stored.cols, stored.rows,
                            channels == 1 ? heif_colorspace_monochrome : heif_colorspace_RGB,
                            chroma, &made));
  Picture picture(made);
  const heif_channel channel = channels == 1 ? heif_channel_Y : heif_channel_interleaved;
  require(heif_image_add_plane(made, channel, stored.cols, stored.rows, image.bits));
  int stride = 0;
  std::uint8_t* rows = heif_image_get_plane(made, channel, &stride);
  stored.copyTo(
      cv::Mat(stored.rows, stored.cols, stored.type(), rows, static_cast<std::size_t>(stride)));
  return picture;
}

}  // namespace

Bytes heif_of(const std::vector<HeifImage>& images, bool is_avif) {
  const Context context(heif_context_alloc());
  heif_encoder* found = nullptr;
  require(heif_context_get_encoder_for_format(
      context.get(), is_avif ? heif_compression_AV1 : heif_compression_HEVC, &found));
  const Encoder encoder(found);
  require(heif_encoder_set_lossy_quality(found, 95));
  for (const HeifImage& image : images) {
    const Picture picture = picture_of(image);
    // Decoders of HEVC do not read every combination.
    require(heif_encoder_set_parameter_string(found, "chroma",
                                              image.pixels.depth() == CV_16U ? "420" : "444"));
    const Options options(heif_encoding_options_alloc());
    // Else the image would be a tile of another.
    options->macOS_compatibility_workaround = 0;
    heif_image_handle* coded = nullptr;
    require(heif_context_encode_image(context.get(), picture.get(), found, options.get(), &coded));
    const Handle handle(coded);
    if (!image.exif.empty()) {
      require(heif_context_add_exif_metadata(context.get(), coded, image.exif.data(),
                                             static_cast<int>(image.exif.size())));
    }
    if (image.thumbnail > 0) {
      heif_image_handle* thumbnail = nullptr;
      require(heif_context_encode_thumbnail(context.get(), picture.get(), coded, found,
                                            options.get(), image.thumbnail, &thumbnail));
      const Handle owned(thumbnail);
    }
  }
  Bytes bytes;
  heif_writer writer{.writer_api_version = 1,
                     .write = [](heif_context*, const void* data, std::size_t size, void* into) {
                       const auto* begin = static_cast<const std::byte*>(data);
                       static_cast<Bytes*>(into)->assign(begin, begin + size);
                       return heif_error{heif_error_Ok, heif_suberror_Unspecified, ""};
                     }};
  require(heif_context_write(context.get(), &writer, &bytes));
  return bytes;
}

Bytes with_property(Bytes file, std::string_view name, unsigned value) {
  const Bytes replaced = bytes_of("pixi");
  const Bytes property = bytes_of(name);
  const auto found = std::search(file.begin(), file.end(), replaced.begin(), replaced.end());
  const bool is_there = found != file.end();
  if (!is_there ||
      std::search(found + 1, file.end(), replaced.begin(), replaced.end()) != file.end())
    throw std::runtime_error("not one image");
  *std::copy(property.begin(), property.end(), found) = static_cast<std::byte>(value);
  return file;
}

}  // namespace ocrtune::test
