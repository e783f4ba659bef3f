#pragma once

#include <cstddef>
#include <vector>

#include "ocrtune/kernels/component_boxes.h"

namespace ocrtune {

/// The components that look like letters and have a neighbour on their line that does: indices in
/// rising order. Specks below 4 px, rules and spots do not look so. Pure; thread-safe.
std::vector<std::size_t> letters_among(const std::vector<ComponentBox>& boxes);

}  // namespace ocrtune
