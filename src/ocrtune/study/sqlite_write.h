#pragma once

#include <SQLiteCpp/Database.h>

#include "ocrtune/pipeline/space.h"
#include "ocrtune/study/definition.h"
#include "ocrtune/study/trial.h"

namespace ocrtune {

/// The rows of a new study, in both schemas. The caller holds the transaction.
void insert_definition(SQLite::Database& database, const StudyDefinition& definition);

/// The rows of one finished trial, in both schemas. The caller holds the transaction.
void insert_trial(SQLite::Database& database, const Trial& trial, Objective objective,
                  const Space& space);

}  // namespace ocrtune
