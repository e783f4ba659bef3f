#pragma once

#include "ocrtune/pipeline/space.h"
#include "ocrtune/storage/sql.h"
#include "ocrtune/study/definition.h"
#include "ocrtune/study/trial.h"

namespace ocrtune {

/// Inserts a new study into ocrtune's and Optuna's tables. The caller holds the transaction, here
/// and in the following.
void insert_definition(SqlDatabase& database, const StudyDefinition& definition);

/// Updates the file paths of all pages.
void update_places(SqlDatabase& database, const StudyDefinition& definition);

/// Inserts a finished trial into ocrtune's and Optuna's tables.
void insert_trial(SqlDatabase& database, const Trial& trial, const StudyDefinition& definition,
                  const Space& space);

/// Inserts a pruned trial into ocrtune's and Optuna's tables.
void insert_pruned(SqlDatabase& database, const PrunedTrial& trial,
                   const StudyDefinition& definition, const Space& space);

}  // namespace ocrtune
