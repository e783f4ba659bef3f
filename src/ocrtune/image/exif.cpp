#include "ocrtune/image/exif.h"

#include <cstdint>
#include <optional>
#include <string_view>

#include "ocrtune/image/byte_order.h"
#include "ocrtune/image/stated_resolution.h"

namespace ocrtune {
namespace {

using Bytes = std::span<const std::byte>;

/// The numbers of a TIFF file.
class TiffNumbers {
 public:
  explicit TiffNumbers(Bytes bytes) : bytes_(bytes), is_big_endian_(starts_with(bytes, "MM")) {}

  /// Nothing behind the end.
  [[nodiscard]] std::optional<std::uint32_t> at(std::size_t place, std::size_t length) const {
    if (place > bytes_.size() || length > bytes_.size() - place) return std::nullopt;
    return is_big_endian_ ? big_endian(bytes_, place, length)
                          : little_endian(bytes_, place, length);
  }

  /// Of two numbers of four bytes; 0 if there are none.
  [[nodiscard]] double quotient(std::size_t place) const {
    const auto above = at(place, 4);
    const auto below = at(place + 4, 4);
    return above && below && *below > 0 ? static_cast<double>(*above) / *below : 0;
  }

 private:
  Bytes bytes_;
  bool is_big_endian_;
};

/// What its tags state.
struct ExifTags {
  std::uint32_t orientation = 1;
  double x = 0;
  double y = 0;
  std::uint32_t unit = 2;
};

ExifTags tags_in(const TiffNumbers& numbers) {
  constexpr std::uint32_t kShort = 3;
  constexpr std::uint32_t kQuotient = 5;
  constexpr std::size_t kEntry = 12;
  ExifTags found;
  const std::size_t begin = numbers.at(4, 4).value_or(0);
  const std::size_t count = numbers.at(begin, 2).value_or(0);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t entry = begin + 2 + i * kEntry;
    const auto tag = numbers.at(entry, 2);
    const auto type = numbers.at(entry + 2, 2);
    const auto value = numbers.at(entry + 8, 4);
    if (!value) break;
    if (*type == kShort && *tag == 0x0112) found.orientation = *numbers.at(entry + 8, 2);
    if (*type == kShort && *tag == 0x0128) found.unit = *numbers.at(entry + 8, 2);
    if (*type == kQuotient && *tag == 0x011A) found.x = numbers.quotient(*value);
    if (*type == kQuotient && *tag == 0x011B) found.y = numbers.quotient(*value);
  }
  return found;
}

Resolution stated_dpi(const ExifTags& tags) {
  constexpr std::uint32_t kInch = 2;
  constexpr std::uint32_t kCentimetre = 3;
  if (tags.unit != kInch && tags.unit != kCentimetre) return {};
  const double per_inch = tags.unit == kCentimetre ? 2.54 : 1.0;
  return stated_resolution({tags.x * per_inch, tags.y * per_inch});
}

}  // namespace

Exif read_exif(Bytes bytes) {
  constexpr std::string_view kMark("Exif\0\0", 6);
  if (starts_with(bytes, kMark)) bytes = bytes.subspan(kMark.size());
  if (!starts_with(bytes, std::string_view("II*\0", 4)) &&
      !starts_with(bytes, std::string_view("MM\0*", 4)))
    return {};
  const ExifTags tags = tags_in(TiffNumbers(bytes));
  const bool is_known = tags.orientation >= 1 && tags.orientation <= 8;
  return {.orientation = is_known ? static_cast<int>(tags.orientation) : 1,
          .dpi = stated_dpi(tags)};
}

}  // namespace ocrtune
