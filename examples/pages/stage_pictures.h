#pragma once

#include <opencv2/core.hpp>
#include <string>

#include "ocrtune/stages/stage.h"

namespace ocrtune::examples {

inline constexpr double kStagePictureDpi = 150;

/// The effect of a stage, for its page in docs/reference/stages: on the left a part of a typeset
/// page with degradations that the stage is for, on the right the same after the stage. 8-bit gray,
/// or BGR if the page is coloured, with few levels for a small file. Deterministic. Throws
/// MissingFont.
cv::Mat stage_picture(const Stage& stage);

/// The settings of the picture: "with the default settings", or "with `NAME` VALUE" for those that
/// differ.
std::string stage_picture_settings(const Stage& stage);

}  // namespace ocrtune::examples
