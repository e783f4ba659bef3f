#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace ocrtune::server {

/// Limits for clients. Further connections wait in the system's queue; further event streams are
/// refused.
struct ServerLimits {
  std::size_t request_threads = 16;  ///< requests that are handled at once
  std::size_t connections = 256;
  std::size_t event_streams = 32;
  std::size_t made_bodies = 4;  ///< responses that are written while they are made
  std::uint32_t head_bytes = 16 * 1024;
  std::chrono::milliseconds idle_time{5'000};    ///< without a request
  std::chrono::milliseconds head_time{10'000};   ///< from the first to the last byte of a header
  std::chrono::milliseconds crowded_time{300};   ///< for both, if half of the connections are in
                                                 ///< use
  std::chrono::milliseconds silence{10'000};     ///< without data within a body
  std::chrono::milliseconds body_time{120'000};  ///< for a whole body
  std::chrono::milliseconds write_time{10'000};  ///< for a response, or a piece of an event stream
};

}  // namespace ocrtune::server
