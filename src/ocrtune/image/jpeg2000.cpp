#include "ocrtune/image/jpeg2000.h"

#include <openjpeg.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "ocrtune/base/files.h"
#include "ocrtune/base/memory_shortage.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/image/byte_order.h"
#include "ocrtune/image/flatten.h"
#include "ocrtune/image/stated_resolution.h"
#include "ocrtune/image/unreadable.h"

namespace ocrtune {
namespace {

/// The bytes and the reading position that OpenJPEG's callbacks work on.
struct CodestreamSource {
  std::span<const std::byte> bytes;
  std::size_t at = 0;
};

OPJ_SIZE_T read_codestream(void* buffer, OPJ_SIZE_T size, void* user) {
  auto& source = *static_cast<CodestreamSource*>(user);
  const std::size_t count = std::min<std::size_t>(size, source.bytes.size() - source.at);
  if (count == 0) return static_cast<OPJ_SIZE_T>(-1);
  std::memcpy(buffer, source.bytes.data() + source.at, count);
  source.at += count;
  return count;
}

OPJ_BOOL seek_codestream(OPJ_OFF_T to, void* user) {
  auto& source = *static_cast<CodestreamSource*>(user);
  if (to < 0 || static_cast<std::size_t>(to) > source.bytes.size()) return OPJ_FALSE;
  source.at = static_cast<std::size_t>(to);
  return OPJ_TRUE;
}

OPJ_OFF_T skip_codestream(OPJ_OFF_T by, void* user) {
  const auto at = static_cast<OPJ_OFF_T>(static_cast<CodestreamSource*>(user)->at);
  return seek_codestream(at + by, user) == OPJ_TRUE ? by : -1;
}

using OwnedStream = std::unique_ptr<opj_stream_t, decltype(&opj_stream_destroy)>;
using OwnedCodec = std::unique_ptr<opj_codec_t, decltype(&opj_destroy_codec)>;
using OwnedImage = std::unique_ptr<opj_image_t, decltype(&opj_image_destroy)>;

/// Missing packets are decoded to gray. No packet contains this mark (ISO/IEC 15444-1, A.1).
bool has_end_mark(std::span<const std::byte> bytes) {
  constexpr std::array kEnd{std::byte{0xFF}, std::byte{0xD9}};
  return std::find_end(bytes.begin(), bytes.end(), kEnd.begin(), kEnd.end()) != bytes.end();
}

bool is_codestream(std::span<const std::byte> bytes) {
  return bytes.size() >= 2 && big_endian(bytes, 0, 2) == 0xFF4F;
}

/// A decoder that has read the header.
struct Decoder {
  explicit Decoder(std::span<const std::byte> bytes)
      : source{bytes},
        stream(opj_stream_default_create(OPJ_TRUE), opj_stream_destroy),
        codec(opj_create_decompress(is_codestream(bytes) ? OPJ_CODEC_J2K : OPJ_CODEC_JP2),
              opj_destroy_codec) {
    opj_stream_set_user_data(stream.get(), &source, nullptr);
    opj_stream_set_user_data_length(stream.get(), bytes.size());
    opj_stream_set_read_function(stream.get(), read_codestream);
    opj_stream_set_seek_function(stream.get(), seek_codestream);
    opj_stream_set_skip_function(stream.get(), skip_codestream);
    opj_dparameters_t parameters;
    opj_set_default_decoder_parameters(&parameters);
    opj_image_t* made = nullptr;
    const bool read = opj_setup_decoder(codec.get(), &parameters) == OPJ_TRUE &&
                      opj_read_header(stream.get(), codec.get(), &made) == OPJ_TRUE;
    image.reset(made);
    if (!read || !image || image->numcomps < 1 || image->x1 <= image->x0 || image->y1 <= image->y0)
      unreadable(tr("is damaged: its header can't be read"));
    check_components();
  }

  /// OpenJPEG decodes all of them, in four bytes a sample and as many again.
  void check_components() const {
    constexpr std::uint32_t kMost = 4;
    if (image->numcomps > kMost)
      unreadable(tr("has {} components; 1 to {} can be read", image->numcomps, kMost));
    for (std::uint32_t i = 0; i < image->numcomps; ++i) {
      const std::uint32_t bits = image->comps[i].prec;
      if (bits < 1 || bits > 16)
        unreadable(tr("has {} bits per sample; 1 to 16 can be read", bits));
    }
  }

  void check_memory(const DecodeLimits& limits) const {
    constexpr double kBytesPerSample = 8;
    if (width() * height() * image->numcomps * kBytesPerSample >
        static_cast<double>(limits.parser_memory))
      unreadable(tr("needs more memory than a file may: {}", human_size(limits.parser_memory)));
  }

  [[nodiscard]] double width() const { return image->x1 - image->x0; }
  [[nodiscard]] double height() const { return image->y1 - image->y0; }

  CodestreamSource source;
  OwnedStream stream;
  OwnedCodec codec;
  OwnedImage image{nullptr, opj_image_destroy};
};

/// A component in 8 bits and in the size of the page.
cv::Mat plane_of(const opj_image_comp_t& component, const cv::Size& size) {
  const cv::Mat samples(static_cast<int>(component.h), static_cast<int>(component.w), CV_32SC1,
                        component.data);
  const double lowest =
      component.sgnd != 0 ? -std::ldexp(1.0, static_cast<int>(component.prec) - 1) : 0;
  const double scale = 255 / (std::ldexp(1.0, static_cast<int>(component.prec)) - 1);
  cv::Mat plane;
  samples.convertTo(plane, CV_8UC1, scale, -lowest * scale);
  if (plane.size() != size) cv::resize(plane, plane, size, 0, 0, cv::INTER_LINEAR);
  return plane;
}

/// The components as an image of gray, BGR or BGRA; of more than four the first three count.
cv::Mat pixels_of(const opj_image_t& image) {
  const cv::Size size(static_cast<int>(image.comps[0].w), static_cast<int>(image.comps[0].h));
  std::vector<cv::Mat> planes;
  for (std::uint32_t i = 0; i < std::min(image.numcomps, 4U); ++i) {
    if (image.comps[i].data == nullptr || image.comps[i].prec < 1 || image.comps[i].prec > 16)
      return {};
    planes.push_back(plane_of(image.comps[i], size));
  }
  const bool is_cmyk = image.color_space == OPJ_CLRSPC_CMYK && planes.size() == 4;
  const bool has_alpha = !is_cmyk && (planes.size() == 4 || planes.size() == 2) &&
                         image.comps[planes.size() - 1].alpha != 0;
  const bool is_rgb = image.color_space == OPJ_CLRSPC_SRGB;
  if (image.color_space == OPJ_CLRSPC_EYCC ||
      (planes.size() == 4 && !has_alpha && !is_cmyk && !is_rgb))
    unreadable(tr("has a colour space that cannot be read: gray, sRGB, sYCC and CMYK can"));
  cv::Mat colour;
  if (planes.size() < 3) {
    if (!has_alpha) return planes[0];
    cv::merge(std::vector<cv::Mat>{planes[0], planes[0], planes[0], planes[1]}, colour);
    return colour;
  }
  if (is_cmyk) {
    for (std::size_t i = 0; i < 3; ++i) {
      cv::add(planes[i], planes[3], planes[i]);
      planes[i] = 255 - planes[i];
    }
  }
  if (image.color_space == OPJ_CLRSPC_SYCC) {
    cv::merge(std::vector<cv::Mat>{planes[0], planes[2], planes[1]}, colour);
    cv::cvtColor(colour, colour, cv::COLOR_YCrCb2BGR);
    return colour;
  }
  std::vector<cv::Mat> ordered{planes[2], planes[1], planes[0]};
  if (has_alpha) ordered.push_back(planes[3]);
  cv::merge(ordered, colour);
  return colour;
}

/// What the JP2 box `res ` states (ISO/IEC 15444-1, I.5.3.7): that of capture, else of display.
Resolution resolution_in(std::span<const std::byte> bytes, int depth = 0) {
  constexpr int kDeepest = 2;  // jp2h, then "res "
  constexpr double kMetresPerInch = 0.0254;
  Resolution found;
  for (std::size_t at = 0; at + 8 <= bytes.size();) {
    std::size_t size = big_endian(bytes, at, 4);
    if (size == 0) size = bytes.size() - at;
    if (size < 8 || size > bytes.size() - at) return found;
    const std::uint32_t type = big_endian(bytes, at + 4, 4);
    const auto content = bytes.subspan(at + 8, size - 8);
    if ((type == 0x6A703268 || type == 0x72657320) && depth < kDeepest) {  // "jp2h", "res "
      const Resolution inside = resolution_in(content, depth + 1);
      if (inside.x > 0) return inside;
    }
    // "resc", "resd"
    if ((type == 0x72657363 || (type == 0x72657364 && !(found.x > 0))) && content.size() >= 10) {
      const auto per_metre = [&](std::size_t i, std::size_t exponent) {
        const auto power = static_cast<std::int8_t>(std::to_integer<int>(content[exponent]));
        return static_cast<double>(big_endian(content, i, 2)) /
               std::max(1.0, static_cast<double>(big_endian(content, i + 2, 2))) *
               std::pow(10.0, power);
      };
      const Resolution stated{per_metre(4, 9) * kMetresPerInch, per_metre(0, 8) * kMetresPerInch};
      if (stated.x > 0 && stated.x < 1e6 && stated.y > 0 && stated.y < 1e6) found = stated;
    }
    at += size;
  }
  return found;
}

class Jpeg2000File final : public PageFile {
 public:
  Jpeg2000File(std::span<const std::byte> bytes, const DecodeLimits& limits) : bytes_(bytes) {
    const Decoder decoder(bytes);
    check_size(decoder.width(), decoder.height(), limits);
    decoder.check_memory(limits);
    if (!has_end_mark(bytes)) unreadable(tr("is cut off: the JPEG 2000 end mark is missing"));
  }

  [[nodiscard]] int page_count() const override { return 1; }

  using PageFile::decode;

  Image decode(int /*index*/, bool in_colour) override {
    const MemoryWatch watch;
    const Decoder decoder(bytes_);
    const bool read =
        opj_decode(decoder.codec.get(), decoder.stream.get(), decoder.image.get()) == OPJ_TRUE &&
        opj_end_decompress(decoder.codec.get(), decoder.stream.get()) == OPJ_TRUE;
    const cv::Mat pixels = read ? pixels_of(*decoder.image) : cv::Mat();
    if (pixels.empty()) {
      watch.check();
      unreadable(tr("is damaged: its pixels can't be decoded"));
    }
    Image image = gray_and_colour(pixels, in_colour);
    if (!is_codestream(bytes_)) image.dpi = stated_resolution(resolution_in(bytes_));
    return image;
  }

 private:
  std::span<const std::byte> bytes_;
};

}  // namespace

std::unique_ptr<PageFile> open_jpeg2000(std::span<const std::byte> bytes,
                                        const DecodeLimits& limits) {
  return std::make_unique<Jpeg2000File>(bytes, limits);
}

}  // namespace ocrtune
