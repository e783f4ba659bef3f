#pragma once

#include <string>
#include <string_view>

namespace ocrtune {

/// "45 s", "3 min", "2 h 5 min".
std::string duration_text(double seconds);

/// Seconds of "90s", "10m", "1.5h" or "600". Throws Error(wrong_use), naming `option`, for anything
/// else, and for less than a second or more than 1000 hours.
double parse_duration(std::string_view text, std::string_view option);

}  // namespace ocrtune
