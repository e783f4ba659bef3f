#pragma once

#include "ocrtune/stages/parameter.h"

namespace ocrtune {

/// Parameters of a stage for the lengths that distinguish a ruled line from a stroke of a letter,
/// with these search ranges and defaults; see LineSizes.
Parameter h_size_parameter(double low, double high, double initial);
Parameter v_size_parameter(double low, double high, double initial);

}  // namespace ocrtune
