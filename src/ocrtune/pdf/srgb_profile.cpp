#include "ocrtune/pdf/srgb_profile.h"

#include <array>
#include <cmath>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace ocrtune {
namespace {

std::string icc_number(std::uint32_t number) {
  std::string bytes;
  for (const unsigned shift : {24U, 16U, 8U, 0U})
    bytes += static_cast<char>(static_cast<unsigned char>(number >> shift & 0xFFU));
  return bytes;
}

/// Of 16 bits before the point and 16 after it.
std::string fixed_point(double value) {
  return icc_number(static_cast<std::uint32_t>(std::lround(value * 65536)));
}

std::string xyz_tag(double x, double y, double z) {
  return "XYZ " + icc_number(0) + fixed_point(x) + fixed_point(y) + fixed_point(z);
}

/// A text in one language, English; ASCII.
std::string text_tag(std::string_view text) {
  std::string tag = "mluc" + icc_number(0) + icc_number(1) + icc_number(12) + "enUS" +
                    icc_number(static_cast<std::uint32_t>(2 * text.size())) + icc_number(28);
  for (const char c : text) {
    tag += '\0';
    tag += c;
  }
  return tag;
}

/// sRGB's curve: linear below 0.04045, a power of 2.4 above.
std::string curve_tag() {
  std::string tag = "para" + icc_number(0) + std::string("\0\3\0\0", 4);
  for (const double value : {2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045})
    tag += fixed_point(value);
  return tag;
}

/// From D65 to D50, Bradford.
std::string adaptation_tag() {
  constexpr std::array kBradford{1.0478112,  0.0228866,  -0.0501270, 0.0295424, 0.9904844,
                                 -0.0170491, -0.0092345, 0.0150436,  0.7521316};
  std::string tag = "sf32" + icc_number(0);
  for (const double value : kBradford) tag += fixed_point(value);
  return tag;
}

}  // namespace

std::string srgb_profile() {
  // The primaries and the white point, adapted to D50.
  const std::vector<std::pair<std::string, std::string>> tags{
      {"desc", text_tag("sRGB")},
      {"cprt", text_tag("No copyright, use freely")},
      {"wtpt", xyz_tag(0.9642, 1, 0.8249)},
      {"chad", adaptation_tag()},
      {"rXYZ", xyz_tag(0.4360747, 0.2225045, 0.0139322)},
      {"gXYZ", xyz_tag(0.3850649, 0.7168786, 0.0971045)},
      {"bXYZ", xyz_tag(0.1430804, 0.0606169, 0.7141733)},
      {"rTRC", curve_tag()},
      {"gTRC", ""},
      {"bTRC", ""}};
  constexpr std::size_t kHeader = 128;
  std::size_t at = kHeader + 4 + 12 * tags.size();
  std::string table = icc_number(static_cast<std::uint32_t>(tags.size()));
  std::string body;
  std::size_t size = 0;
  std::size_t begin = at;
  for (const auto& [name, tag] : tags) {
    // The three curves are one.
    if (!tag.empty()) {
      begin = at + body.size();
      size = tag.size();
      body += tag;
      body.resize((body.size() + 3) / 4 * 4);
    }
    table += name + icc_number(static_cast<std::uint32_t>(begin)) +
             icc_number(static_cast<std::uint32_t>(size));
  }
  const auto whole = static_cast<std::uint32_t>(at + body.size());
  std::string header = icc_number(whole) + icc_number(0) + icc_number(0x04200000) + "mntrRGB XYZ " +
                       std::string("\x07\xEA\0\1\0\1\0\0\0\0\0\0", 12) + "acsp";
  header += std::string(28, '\0') + xyz_tag(0.9642, 1, 0.8249).substr(8);
  header.resize(kHeader);
  return header + table + body;
}

}  // namespace ocrtune
