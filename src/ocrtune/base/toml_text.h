#pragma once

// Only for sources of the library: programs that use the library need no toml++.
#define TOML_EXCEPTIONS 1
#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

#include <cstddef>
#include <string_view>

namespace ocrtune {

/// Greatest depth of tables and arrays in a TOML text.
inline constexpr std::size_t kMaxTomlDepth = 32;

/// Parses a document from anywhere: every TOML text goes through this. Throws
/// Error(input_unreadable), without the file's name: the text is not UTF-8, or the line and why it
/// is not TOML or deeper than kMaxTomlDepth.
toml::table parse_toml(std::string_view text);

/// The greatest depth of what toml++ would make of a text, counted in names of keys and in arrays
/// and tables in braces, up to the place where toml++ would refuse it.
std::size_t toml_depth(std::string_view text);

}  // namespace ocrtune
