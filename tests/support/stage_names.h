#pragma once

#include <ostream>

#include "ocrtune/stages/stage.h"

namespace ocrtune {

/// For GoogleTest's messages.
inline void PrintTo(const Stage& stage, std::ostream* out) { *out << stage.name; }

}  // namespace ocrtune
