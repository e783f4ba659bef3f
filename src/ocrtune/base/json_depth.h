#pragma once

#include <string_view>

namespace ocrtune {

/// True if arrays and objects of a JSON text are nested deeper than `most`. Ends there, so that a
/// parser can be spared such a text.
bool is_json_deeper(std::string_view text, int most);

}  // namespace ocrtune
