#pragma once

#include <cstddef>
#include <span>

namespace ocrtune {

/// The built-in page as a PNG file.
std::span<const std::byte> self_check_png();

}  // namespace ocrtune
