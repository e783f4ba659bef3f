#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace ocrtune {

/// Identity of a content: XXH3, 128 bits, as 32 lower-case hexadecimal digits. Not a protection
/// against forgery. Pure; thread-safe.
std::string content_hash(std::span<const std::byte> bytes);
std::string content_hash(std::string_view text);

}  // namespace ocrtune
