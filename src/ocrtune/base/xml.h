#pragma once

#include <string>
#include <string_view>

namespace ocrtune {

/// Text for an XML 1.0 element or a quoted attribute: markup becomes entities; malformed UTF-8 and
/// characters that XML does not allow become U+FFFD; tabs and line ends become spaces.
std::string xml_escaped(std::string_view text);

}  // namespace ocrtune
