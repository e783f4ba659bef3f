#pragma once

#include <string_view>
#include <vector>

#include "ocrtune/stages/stage.h"

namespace ocrtune {

/// All stages. Immutable; thread-safe.
const std::vector<Stage>& all_stages();

/// The stage of that name, or nullptr.
const Stage* find_stage(std::string_view name);

/// The stage of that name. If there is none, throws Error(pipeline_invalid) with the most similar
/// name.
const Stage& stage_named(std::string_view name);

}  // namespace ocrtune
