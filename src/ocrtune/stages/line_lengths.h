#pragma once

#include "ocrtune/stages/parameter.h"

namespace ocrtune {

/// The lengths that tell a ruled line from a stroke of a letter, as parameters of a stage, searched
/// and by default as given; see LineSizes.
Parameter h_size_parameter(double low, double high, double initial);
Parameter v_size_parameter(double low, double high, double initial);

}  // namespace ocrtune
