#pragma once

#include <cstddef>
#include <vector>

#include "ocrtune/kernels/measure/component_boxes.h"

namespace ocrtune {

/// The components that look like letters and have a neighbour on their line that does too: indices
/// in ascending order. Specks below 4 px, ruled lines and spots do not look like letters. Pure;
/// thread-safe.
std::vector<std::size_t> letters_among(const std::vector<ComponentBox>& boxes);

/// The median height of letters in px; of an even number the higher of the two in the middle. There
/// must be at least one. Pure; thread-safe.
double median_height(const std::vector<ComponentBox>& letters);

}  // namespace ocrtune
