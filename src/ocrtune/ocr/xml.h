#pragma once

#include <string>
#include <string_view>

namespace ocrtune {

/// Text for an XML 1.0 element or a quoted attribute: markup becomes entities; malformed UTF-8 and
/// characters that XML does not allow become U+FFFD; tabs and line ends become spaces.
std::string xml_escaped(std::string_view text);

/// A confidence from 0 to 100 as the decimal from 0 to 1 that ALTO and PAGE have.
std::string confidence_share(int confidence);

}  // namespace ocrtune
