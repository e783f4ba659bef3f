#pragma once

#include <SQLiteCpp/Database.h>

#include "ocrtune/pipeline/space.h"
#include "ocrtune/study/definition.h"
#include "ocrtune/study/trial.h"

namespace ocrtune {

/// The rows of a new study, in our tables and Optuna's. The caller holds the transaction, as of the
/// following.
void insert_definition(SQLite::Database& database, const StudyDefinition& definition);

/// Writes where the files of all pages are.
void update_places(SQLite::Database& database, const StudyDefinition& definition);

/// The rows of one finished trial, in our tables and Optuna's.
void insert_trial(SQLite::Database& database, const Trial& trial, const StudyDefinition& definition,
                  const Space& space);

/// The rows of a trial that was stopped early, in our tables and Optuna's.
void insert_pruned(SQLite::Database& database, const PrunedTrial& trial,
                   const StudyDefinition& definition, const Space& space);

}  // namespace ocrtune
