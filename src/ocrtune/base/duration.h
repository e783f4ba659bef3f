#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace ocrtune {

/// Seconds from `start` until now. Thread-safe.
double seconds_since(std::chrono::steady_clock::time_point start);

/// "45 s", "3 min", "2 h 5 min".
std::string duration_text(double seconds);

/// Range of durations that users may give, in seconds: one second to 1000 hours.
inline constexpr std::uint64_t kShortestDuration = 1;
inline constexpr std::uint64_t kLongestDuration = 3'600'000;  ///< 1000 hours

/// Seconds of "90s", "10m", "1.5h" or "600". Throws Error(invalid_argument), naming `option`, for
/// anything else, and for less than kShortestDuration or more than kLongestDuration.
double parse_duration(std::string_view text, std::string_view option);

}  // namespace ocrtune
