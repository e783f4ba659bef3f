#pragma once

#include <string_view>

#include "ocrtune/study/objective.h"

namespace ocrtune::server {

/// A sentence for whoever chooses what to tune: what the objective is.
std::string_view objective_help(Objective objective);

}  // namespace ocrtune::server
