#include "ocrtune/pdf/glyphless_font.h"

#include <cstdint>
#include <initializer_list>
#include <map>

#include "ocrtune/pdf/text_layer.h"

namespace ocrtune {
namespace {

constexpr int kAscent = 800;
constexpr int kDescent = 200;

/// Big-endian numbers of two bytes, as in most of TrueType.
std::string shorts(std::initializer_list<int> numbers) {
  std::string bytes;
  for (const int number : numbers) {
    bytes += static_cast<char>(static_cast<unsigned>(number) >> 8U & 0xFFU);
    bytes += static_cast<char>(static_cast<unsigned>(number) & 0xFFU);
  }
  return bytes;
}

std::string longs(std::initializer_list<std::uint32_t> numbers) {
  std::string bytes;
  for (const std::uint32_t number : numbers)
    bytes += shorts({static_cast<int>(number >> 16U), static_cast<int>(number & 0xFFFFU)});
  return bytes;
}

std::string padded(std::string bytes) {
  bytes.resize((bytes.size() + 3) / 4 * 4);
  return bytes;
}

std::uint32_t checksum(const std::string& bytes) {
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i)
    sum += std::uint32_t{static_cast<unsigned char>(bytes[i])} << (24 - 8 * (i % 4));
  return sum;
}

/// Two contours of one point each: nothing to fill, but a box, without which MuPDF leaves out text
/// lines.
std::string glyph() {
  return padded(shorts({2, 0, -kDescent, kCharacterWidth, kAscent, 0, 1, 0}) + "\x01\x01" +
                shorts({0, kCharacterWidth, -kDescent, kAscent + kDescent}));
}

std::string head(std::uint32_t adjustment) {
  return longs({0x00010000, 0x00010000, adjustment, 0x5F0F3CF5}) + shorts({0, 1000}) +
         longs({0, 0, 0, 0}) + shorts({0, -kDescent, kCharacterWidth, kAscent, 0, 8, 2, 0, 0});
}

std::string font_with(std::uint32_t adjustment) {
  const std::string outline = glyph();
  const std::map<std::string, std::string> tables{
      {"glyf", outline},
      {"head", head(adjustment)},
      {"hhea", longs({0x00010000}) + shorts({kAscent, -kDescent, 0, kCharacterWidth, 0, 0,
                                             kCharacterWidth, 1, 0, 0, 0, 0, 0, 0, 0, 1})},
      {"hmtx", shorts({kCharacterWidth, 0, 0})},
      {"loca", shorts({0, 0, static_cast<int>(outline.size() / 2)})},
      {"maxp", longs({0x00010000}) + shorts({2, 2, 2, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0})}};
  const auto count = static_cast<int>(tables.size());
  std::string directory = longs({0x00010000}) + shorts({count, 64, 2, 16 * count - 64});
  std::string bodies;
  for (const auto& [tag, table] : tables) {
    const std::size_t offset = 12 + 16 * tables.size() + bodies.size();
    const std::string body = padded(table);
    directory += tag + longs({checksum(body), static_cast<std::uint32_t>(offset),
                              static_cast<std::uint32_t>(table.size())});
    bodies += body;
  }
  return directory + bodies;
}

}  // namespace

std::string glyphless_font() {
  // The checksum of the head table is computed with the adjustment at 0.
  std::string font = font_with(0);
  const std::size_t head_at = 12 + 16 * 6 + glyph().size();
  font.replace(head_at + 8, 4, longs({0xB1B0AFBAU - checksum(font)}));
  return font;
}

}  // namespace ocrtune
