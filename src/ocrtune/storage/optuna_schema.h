#pragma once

#include <cstdint>
#include <string>

#include "ocrtune/pipeline/space.h"

namespace ocrtune {

/// DDL of the tables that Optuna 3.0 and later read (its storage schema, version 12). The table
/// alembic_version is left empty, so that each Optuna version writes its own migration head.
extern const char* const kOptunaSchema;

/// Optuna's JSON description of a dimension: FloatDistribution, IntDistribution (step 2 for odd
/// integers) or CategoricalDistribution, of [false, true] for a boolean.
std::string optuna_distribution(const Dimension& dimension);

}  // namespace ocrtune
