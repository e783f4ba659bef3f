#pragma once

#include <string_view>

namespace ocrtune {

/// "0.1.0", as the build system states it.
std::string_view program_version();

}  // namespace ocrtune
