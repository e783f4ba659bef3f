#pragma once

#include <cstdint>
#include <string>

namespace ocrtune {

/// The current time in microseconds since 1970, UTC. Thread-safe.
std::int64_t now_us();

/// "2026-11-20T07:02:40.123456Z", UTC. Thread-safe.
std::string utc_time_text(std::int64_t microseconds);

/// "2026-11-20 07:02:40.123456", local time. Thread-safe.
std::string local_time_text(std::int64_t microseconds);

}  // namespace ocrtune
