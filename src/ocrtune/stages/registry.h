#pragma once

#include <string_view>
#include <vector>

#include "ocrtune/stages/stage.h"

namespace ocrtune {

Stage drop_colour();
Stage to_gray();
Stage perspective();
Stage dewarp();
Stage clear_borders();
Stage deskew();
Stage rescale();
Stage rescale_x_height();
Stage remove_lines();
Stage inpaint_lines();
Stage remove_lines_repaired();
Stage normalize_division();
Stage subtract_background();
Stage divide_closing();
Stage divide_median();
Stage subtract_rolling_ball();
Stage reduce_show_through();
Stage stretch_contrast();
Stage stretch_percentiles();
Stage gamma();
Stage clahe();
Stage unsharp_mask();
Stage denoise_nlm();
Stage denoise_median();
Stage denoise_gaussian();
Stage denoise_bilateral();
Stage denoise_tv();
Stage despeckle();
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
