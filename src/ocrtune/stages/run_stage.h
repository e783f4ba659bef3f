#pragma once

#include "ocrtune/image/image.h"
#include "ocrtune/stages/stage.h"

namespace ocrtune {

/// The number that `stage` measures of its input, 0 where it measures none. Errors as run_stage.
double measure_for(const Stage& stage, const Image& in);

/// Runs a stage on what settled() gave. Colours come through where the stage gives them. Throws
/// Error(limit_reached) where memory runs out.
Image run_stage(const Stage& stage, const Image& in, const Values& settled);

/// Both on a backend, which keeps what it makes: Image::held. A stage that isn't written over
/// kernels runs on the processors, its input brought there. Throw DeviceError as well.
double measure_for(const Stage& stage, const Image& in, Backend& backend);
Image run_stage(const Stage& stage, const Image& in, const Values& settled, Backend& backend);

/// measured_x_height() of an image in memory. Errors as run_stage.
double x_height_for(const Image& in);

/// The image with its pixels in memory. Throws DeviceError.
Image in_memory(Image image, Backend& backend);

}  // namespace ocrtune
