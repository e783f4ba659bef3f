#pragma once

#include <opencv2/core.hpp>
#include <string>

#include "ocrtune/stages/stage.h"

namespace ocrtune::examples {

inline constexpr double kStagePictureDpi = 150;

/// What a stage does, for its page in docs/stages: on the left a part of a typeset page, spoilt in
/// the way that the stage is for, on the right the same after it. 8-bit gray, or BGR where the page
/// is coloured, of few levels, so as to make a small file. The same on every call. Throws
/// MissingFont.
cv::Mat stage_picture(const Stage& stage);

/// With what settings: "with the default settings", or "with `NAME` VALUE" for those that differ.
std::string stage_picture_settings(const Stage& stage);

}  // namespace ocrtune::examples
