#pragma once

#include <filesystem>

#include "samplers/functions.h"

namespace ocrtune::bench {

/// What tuning a pipeline would give, guessed from the trials of a study: by how much a point's
/// objective is worse than the best one recorded. Named after the file. Throws Error(study_error)
/// where there are fewer than 50 trials.
Function recorded_function(const std::filesystem::path& study);

/// Share of the objective's variance that is guessed right at trials left out.
double recorded_explained(const std::filesystem::path& study);

}  // namespace ocrtune::bench
