#include "ocrtune/base/xml.h"

#include <cstdint>

#include "ocrtune/base/text.h"

namespace ocrtune {
namespace {

constexpr std::string_view kReplacement = "\xef\xbf\xbd";

/// XML 1.0's Char, except for white space.
bool is_xml_character(std::int32_t c) {
  return (c >= 0x20 && c <= 0xd7ff) || (c >= 0xe000 && c <= 0xfffd) ||
         (c >= 0x10000 && c <= 0x10ffff);
}

std::string_view entity(std::int32_t c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    case '\t':
    case '\n':
    case '\r':
      return " ";
    default:
      return "";
  }
}

}  // namespace

std::string xml_escaped(std::string_view text) {
  std::string escaped;
  escaped.reserve(text.size() + text.size() / 8);
  for (std::int32_t at = 0; at < static_cast<std::int32_t>(text.size());) {
    const std::int32_t begin = at;
    const std::int32_t c = next_code_point(text, at);
    const std::string_view replaced = entity(c);
    if (!replaced.empty()) {
      escaped += replaced;
    } else if (c < 0 || !is_xml_character(c)) {
      escaped += kReplacement;
    } else {
      escaped += text.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(at - begin));
    }
  }
  return escaped;
}

}  // namespace ocrtune
