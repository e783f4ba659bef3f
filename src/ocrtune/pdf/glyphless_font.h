#pragma once

#include <string>

namespace ocrtune {

/// A TrueType font of 1000 units per em whose glyph 1, kCharacterWidth wide, is empty: for
/// invisible, searchable text. Has the tables that PDF requires of an embedded font.
std::string glyphless_font();

}  // namespace ocrtune
