#include "ocrtune/ocr/tessdata/byte_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "ocrtune/base/error.h"
#include "ocrtune/base/translation.h"

namespace ocrtune::tessdata {

std::int64_t ByteReader::in_range(std::int64_t value, std::int64_t low, std::int64_t high,
                                  const char* what) {
  if (value < low || value > high) {
    fail(tr("{} is {}, allowed: {} to {}", translated(what), value, low, high));
  }
  return value;
}

std::string ByteReader::text() {
  const std::span<const std::uint8_t> characters = take(number<std::uint32_t>());
  return {characters.begin(), characters.end()};
}

std::string_view ByteReader::line(std::size_t most) {
  const std::string_view rest(reinterpret_cast<const char*>(bytes_.data()) + position_,
                              std::min(most, left()));
  const std::size_t feed = rest.find('\n');
  const std::string_view read = feed == std::string_view::npos ? rest : rest.substr(0, feed + 1);
  position_ += read.size();
  return read;
}

std::span<const std::uint8_t> ByteReader::take(std::size_t count) {
  if (count > left()) fail(tr("unexpected end of data"));
  const std::span<const std::uint8_t> taken = bytes_.subspan(position_, count);
  position_ += count;
  return taken;
}

void ByteReader::fail(const std::string& what) const {
  throw Error(Errc::dependency_missing, tr("{}, byte {}: {}", name_, position_, what));
}

}  // namespace ocrtune::tessdata
