#pragma once

#include <SQLiteCpp/Database.h>

#include <cstdint>
#include <vector>

#include "ocrtune/pipeline/space.h"
#include "ocrtune/study/definition.h"
#include "ocrtune/study/trial.h"

namespace ocrtune {

/// The rows of a new study in Optuna's tables, which are written for Optuna and never read back.
/// The caller holds the transaction, as of the following.
void insert_optuna_study(SQLite::Database& database, const StudyDefinition& definition);

/// What Optuna shows of a trial.
struct OptunaTrial {
  bool pruned = false;
  std::size_t number = 0;
  const Point& point;
  MeanScores means;
  std::int64_t started_us = 0;
  std::int64_t finished_us = 0;
  /// In the order the trial went through them, where people look at values page by page.
  std::vector<const PageResult*> pages = {};
};

/// Optuna's id of the trial.
std::int64_t insert_optuna_trial(SQLite::Database& database, const OptunaTrial& trial,
                                 const StudyDefinition& definition, const Space& space);

}  // namespace ocrtune
