#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace ocrtune::test {

/// What EXIF metadata are to state.
struct ExifValues {
  unsigned orientation = 1;
  unsigned x = 300;  ///< resolution in `unit`
  unsigned y = 300;
  unsigned unit = 2;  ///< 1 none, 2 inch, 3 centimetre
  bool big_endian = false;
};

/// EXIF metadata without the mark "Exif".
inline std::vector<std::byte> exif_bytes(const ExifValues& values) {
  std::vector<std::byte> bytes;
  const auto number = [&](std::uint32_t value, unsigned length) {
    for (unsigned i = 0; i < length; ++i) {
      const unsigned place = values.big_endian ? length - 1 - i : i;
      bytes.push_back(static_cast<std::byte>(value >> 8 * place & 0xFFU));
    }
  };
  const auto entry = [&](std::uint32_t tag, std::uint32_t type, std::uint32_t value) {
    number(tag, 2);
    number(type, 2);
    number(1, 4);
    number(value, type == 3 ? 2 : 4);
    if (type == 3) number(0, 2);
  };
  constexpr std::uint32_t kEntries = 4;
  constexpr std::uint32_t kBehind = 8 + 2 + 12 * kEntries + 4;
  const std::byte order{values.big_endian ? std::byte{'M'} : std::byte{'I'}};
  bytes.assign(2, order);
  number(42, 2);
  number(8, 4);
  number(kEntries, 2);
  entry(0x0112, 3, values.orientation);
  entry(0x011A, 5, kBehind);
  entry(0x011B, 5, kBehind + 8);
  entry(0x0128, 3, values.unit);
  number(0, 4);
  for (const unsigned resolution : {values.x, values.y}) {
    number(resolution * 2, 4);
    number(2, 4);
  }
  return bytes;
}

}  // namespace ocrtune::test
