#pragma once

#include <string>

namespace ocrtune {

/// A TrueType font of 1000 units an em whose glyph 1, kCharacterWidth wide, shows nothing: for text
/// that is there to be found. Has the tables that PDF asks of an embedded font.
std::string glyphless_font();

}  // namespace ocrtune
