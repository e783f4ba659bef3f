#pragma once

#include "ocrtune/image/image.h"
#include "ocrtune/stages/stage.h"

namespace ocrtune {

/// The number that `stage` measures on its input, 0 if it measures none. Errors as run_stage.
double measure_for(const Stage& stage, const Image& in);

/// Runs a stage with the result of resolved(). The result has colours if the stage outputs them.
/// Throws Error(limit_reached) if memory runs out.
Image run_stage(const Stage& stage, const Image& in, const Values& resolved);

/// Both on a backend, which keeps the result: Image::held. A stage that is not written over kernels
/// runs on the CPU, to which its input is copied. Throw DeviceError as well.
double measure_for(const Stage& stage, const Image& in, Backend& backend);
Image run_stage(const Stage& stage, const Image& in, const Values& resolved, Backend& backend);

/// measured_x_height() of an image in memory. Errors as run_stage.
double x_height_for(const Image& in);

/// The image with its pixels in main memory. Throws DeviceError.
Image in_memory(Image image, Backend& backend);

}  // namespace ocrtune
