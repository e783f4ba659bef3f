#pragma once

#include <cstddef>
#include <cstdint>

namespace ocrtune {

/// How parsers and the process that starts them talk. On descriptor 0, a socket: a request, then
/// its answer, each a length of four bytes in the machine's order and a JSON object; open files
/// come with the length. On descriptor 1, a pipe: data, all of them sent before the answer.
inline constexpr std::size_t kMaxParserMessage = std::size_t{1} << 24U;
inline constexpr std::size_t kMaxParserFiles = 2;

/// Exit status of a parser whose memory is used up.
inline constexpr int kParserOutOfMemory = 86;

}  // namespace ocrtune
