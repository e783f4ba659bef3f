#pragma once

#include <cstdint>
#include <vector>

#include "ocrtune/pipeline/space.h"
#include "ocrtune/storage/sql.h"
#include "ocrtune/study/definition.h"
#include "ocrtune/study/trial.h"

namespace ocrtune {

/// Inserts a new study into Optuna's tables, which are written for Optuna and never read back. The
/// caller holds the transaction, here and in the following.
void insert_optuna_study(SqlDatabase& database, const StudyDefinition& definition);

/// The data of a trial that Optuna shows.
struct OptunaTrial {
  bool pruned = false;
  std::size_t number = 0;
  const Point& point;
  MeanScores means;
  std::int64_t started_us = 0;
  std::int64_t finished_us = 0;
  /// In the order of the trial's evaluation; empty unless values are to be shown page by page.
  std::vector<const PageResult*> pages = {};
};

/// Inserts a trial. Returns Optuna's id of it.
std::int64_t insert_optuna_trial(SqlDatabase& database, const OptunaTrial& trial,
                                 const StudyDefinition& definition, const Space& space);

}  // namespace ocrtune
