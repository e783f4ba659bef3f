#pragma once

#include <compare>
#include <filesystem>
#include <string_view>

namespace ocrtune {

/// The order in which people number files: runs of ASCII digits are compared as numbers, so that
/// "page2" is before "page10"; everything else byte by byte. Names that differ in leading zeros
/// alone are ordered by their bytes. A total order. Thread-safe.
std::strong_ordering natural_order(std::string_view a, std::string_view b);

/// natural_order() of the first folders or names in which two paths differ; for sorting.
bool naturally_less(const std::filesystem::path& a, const std::filesystem::path& b);

}  // namespace ocrtune
