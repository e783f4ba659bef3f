#include "ocrtune/pdf/program/recoded_image.h"

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>
#include <span>
#include <utility>
#include <vector>

#include "ocrtune/image/indexed_pixels.h"
#include "ocrtune/image/jpeg_recode.h"
#include "ocrtune/image/png_rows.h"
#include "ocrtune/pdf/image_coding.h"
#include "ocrtune/pdf/program/predicted_rows.h"
#include "ocrtune/pdf/writer.h"

namespace ocrtune {
namespace {

std::string chars_of_bytes(const std::vector<std::byte>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

RecodedImage deflated_samples(const SampleForm& form, std::string_view samples) {
  RecodedImage plain{
      .data = deflated(samples), .filter = "/FlateDecode", .parameters = {}, .bits = form.bits};
  // Filters of PNG take whole bytes of samples for pixels; of indices, neighbours say nothing.
  if (form.bits < 8 || form.is_indexed) return plain;
  const std::size_t pixel_bytes = form.components * form.bits / 8;
  RecodedImage predicted{.data = deflated(predicted_rows(samples, form.row_bytes(), pixel_bytes)),
                         .filter = "/FlateDecode",
                         .parameters = predictor_parameters(form.components, form.bits, form.width),
                         .bits = form.bits};
  return predicted.data.size() < plain.data.size() ? std::move(predicted) : std::move(plain);
}

/// Bits as black and white.
cv::Mat unpacked(const SampleForm& form, std::string_view samples) {
  cv::Mat pixels(static_cast<int>(form.height), static_cast<int>(form.width), CV_8UC1);
  for (std::size_t y = 0; y < form.height; ++y) {
    const std::string_view row = samples.substr(y * form.row_bytes(), form.row_bytes());
    auto* out = pixels.ptr<uchar>(static_cast<int>(y));
    for (std::size_t x = 0; x < form.width; ++x) {
      const auto octet = static_cast<unsigned char>(row[x / 8]);
      out[x] = (octet >> (7 - x % 8) & 1U) != 0 ? 255 : 0;
    }
  }
  return pixels;
}

/// The samples as pixels in which few colours can be counted; empty if they can't.
cv::Mat pixels_of_samples(const SampleForm& form, std::string_view samples) {
  if (form.bits == 1 && form.components == 1) return unpacked(form, samples);
  if (form.bits != 8 || (form.components != 1 && form.components != 3)) return {};
  cv::Mat stored(static_cast<int>(form.height), static_cast<int>(form.width),
                 form.components == 1 ? CV_8UC1 : CV_8UC3, const_cast<char*>(samples.data()));
  cv::Mat pixels;
  if (form.components == 3) {
    cv::cvtColor(stored, pixels, cv::COLOR_RGB2BGR);
    return pixels;
  }
  if (!form.is_indexed) return stored;
  // Of indices, only two make bits.
  double most = 0;
  cv::minMaxLoc(stored, nullptr, &most);
  if (most <= 1) pixels = stored * 255;
  return pixels;
}

/// Those of a palette of RGB, one after the other.
std::string palette_of(const std::vector<std::byte>& colours, std::size_t components) {
  const std::string rgb = chars_of_bytes(colours);
  std::string palette;
  for (std::size_t i = 0; i < rgb.size(); i += 3) palette += rgb.substr(i, components);
  return palette;
}

/// One bit for each of two colours.
RecodedImage of_bits(const SampleForm& form, const Facsimile& bits) {
  RecodedImage result{.data = chars_of_bytes(bits.data),
                      .filter = "/FlateDecode",
                      .parameters = predictor_parameters(1, 1, form.width),
                      .bits = 1,
                      .palette = palette_of(bits.palette, form.components)};
  if (bits.coding == Facsimile::Coding::group4) {
    result.filter = "/CCITTFaxDecode";
    result.parameters = group4_parameters(form.width, form.height);
  }
  return result;
}

/// As few bits as there are colours; nothing if there are many, or if they need a palette that the
/// image can't have.
std::optional<RecodedImage> of_few_colours(const SampleForm& form, std::string_view samples) {
  const cv::Mat pixels = pixels_of_samples(form, samples);
  if (pixels.empty()) return std::nullopt;
  // More levels of one component than 16 need 8 bits anyway.
  const std::optional<IndexedPixels> indexed =
      indexed_pixels(pixels, form.components == 1 ? 16 : 256);
  if (!indexed) return std::nullopt;
  if (indexed->bits() == 1) {
    const std::optional<Facsimile> bits = facsimile_of_few_colours(pixels, {});
    const bool is_allowed = bits && (bits->palette.empty() || form.may_be_indexed);
    return is_allowed ? std::optional(of_bits(form, *bits)) : std::nullopt;
  }
  if (!form.may_be_indexed) return std::nullopt;
  const std::vector<unsigned char> rows = packed_rows(indexed->indices, indexed->bits(), 0);
  return RecodedImage{.data = deflated({reinterpret_cast<const char*>(rows.data()), rows.size()}),
                      .filter = "/FlateDecode",
                      .bits = static_cast<std::size_t>(indexed->bits()),
                      .palette = palette_of(indexed->palette, form.components)};
}

}  // namespace

RecodedImage recoded_samples(const SampleForm& form, std::string_view samples) {
  std::optional<RecodedImage> few = of_few_colours(form, samples);
  if (few && few->bits == 1) return *std::move(few);
  RecodedImage all = deflated_samples(form, samples);
  const bool is_shorter = few && few->data.size() + 2 * few->palette.size() < all.data.size();
  return is_shorter ? *std::move(few) : std::move(all);
}

std::optional<RecodedImage> recoded_jpeg(const SampleForm& form, std::string_view jpeg) {
  const std::vector<std::byte> recoded = joined_jpeg(
      {.width = form.width, .height = form.height, .strips = {std::as_bytes(std::span(jpeg))}});
  if (recoded.empty()) return std::nullopt;
  return RecodedImage{
      .data = chars_of_bytes(recoded), .filter = "/DCTDecode", .parameters = {}, .bits = 8};
}

}  // namespace ocrtune
