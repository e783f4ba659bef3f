#pragma once

#include <string_view>
#include <vector>

#include "ocrtune/stages/stage.h"

namespace ocrtune {

Stage rescale();
Stage rescale_x_height();
Stage remove_lines();
Stage inpaint_lines();
Stage normalize_division();
Stage subtract_background();
Stage stretch_contrast();
Stage clahe();
Stage denoise_nlm();
Stage binarize_adaptive();
Stage binarize_otsu();
Stage binarize_mean();
Stage binarize_niblack();
Stage binarize_sauvola();
Stage binarize_wolf();
Stage binarize_nick();
Stage binarize_bradley();
Stage binarize_multiscale();
Stage binarize_isauvola();
Stage binarize_su();
Stage thicken();
Stage invert_dark();

/// Every stage there is. Immutable; thread-safe.
const std::vector<Stage>& all_stages();

/// The stage of that name, or nullptr.
const Stage* find_stage(std::string_view name);

/// Throws Error(pipeline_invalid) naming the nearest stage where there is none of that name.
const Stage& stage_named(std::string_view name);

}  // namespace ocrtune
