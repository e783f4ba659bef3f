#include "ocrtune/storage/optuna_write.h"

#include <nlohmann/json.hpp>
#include <string>

#include "ocrtune/base/time.h"
#include "ocrtune/storage/optuna_schema.h"

namespace ocrtune {
namespace {

using nlohmann::json;

void insert_params(SqlDatabase& database, std::int64_t id, const Point& point, const Space& space) {
  Statement row(database,
                "INSERT INTO trial_params (trial_id, param_name, param_value, distribution_json) "
                "VALUES (?, ?, ?, ?)");
  for (const Dimension& dimension : space.dimensions()) {
    const std::optional<double> value = point.find(dimension.name);
    if (!value) continue;
    row->bind(1, id);
    row->bind(2, dimension.name);
    row->bind(3, *value);
    row->bind(4, optuna_distribution(dimension));
    row->run();
  }
}

void insert_attributes(SqlDatabase& database, std::int64_t id, std::size_t number,
                       const MeanScores& means) {
  Statement row(
      database,
      "INSERT INTO trial_user_attributes (trial_id, \"key\", value_json) VALUES (?, ?, ?)");
  const auto insert = [&](const char* key, const json& value) {
    row->bind(1, id);
    row->bind(2, key);
    row->bind(3, value.dump());
    row->run();
  };
  insert("trial", number);
  if (number == 0) insert("baseline", true);
  for (const Score score : all_scores()) {
    const std::optional<double> value = means.find(score);
    if (value) insert(std::string(score_name(score)).c_str(), *value);
  }
}

void insert_values(SqlDatabase& database, std::int64_t id, const MeanScores& means,
                   const std::vector<Score>& objectives) {
  Statement row(database,
                "INSERT INTO trial_values (trial_id, objective, value, value_type) "
                "VALUES (?, ?, ?, 'FINITE')");
  int place = 0;
  for (const Score objective : objectives) {
    row->bind(1, id);
    row->bind(2, place++);
    row->bind(3, means.value(objective));
    row->run();
  }
}

/// In Optuna, the step is the number of evaluated pages and the value their mean.
void insert_intermediate_values(SqlDatabase& database, std::int64_t id,
                                const std::vector<const PageResult*>& pages, Score objective) {
  Statement row(database,
                "INSERT INTO trial_intermediate_values (trial_id, step, "
                "intermediate_value, intermediate_value_type) VALUES (?, ?, ?, 'FINITE')");
  double sum = 0;
  int judged = 0;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    const std::optional<double> value = page_value(*pages[i], objective);
    if (!value) continue;
    sum += *value;
    ++judged;
    row->bind(1, id);
    row->bind(2, static_cast<std::int64_t>(i + 1));
    row->bind(3, sum / judged);
    row->run();
  }
}

}  // namespace

void insert_optuna_study(SqlDatabase& database, const StudyDefinition& definition) {
  database.execute("INSERT INTO version_info VALUES (1, 12, '3.1.0')");
  database.execute("INSERT INTO studies (study_name) VALUES ('ocrtune')");
  Statement direction(database,
                      "INSERT INTO study_directions (direction, study_id, objective) "
                      "VALUES (?, 1, ?)");
  json names = json::array();
  for (const Score objective : objectives_of(definition)) {
    direction->bind(1, is_minimized(objective) ? "MINIMIZE" : "MAXIMIZE");
    direction->bind(2, static_cast<std::int64_t>(names.size()));
    direction->run();
    names.push_back(std::string(score_name(objective)));
  }
  Statement attribute(database,
                      "INSERT INTO study_system_attributes (study_id, \"key\", value_json) VALUES "
                      "(1, 'study:metric_names', ?)");
  attribute->bind(1, names.dump());
  attribute->run();
}

std::int64_t insert_optuna_trial(SqlDatabase& database, const OptunaTrial& trial,
                                 const StudyDefinition& definition, const Space& space) {
  // Optuna's number of a trial is how many there are before it. That is one more than the last
  // trial's, which is found without counting a million of them.
  Statement row(
      database,
      "INSERT INTO trials (number, study_id, state, datetime_start, datetime_complete) VALUES "
      "(COALESCE((SELECT number FROM trials WHERE study_id = 1 ORDER BY trial_id DESC LIMIT 1) + "
      "1, (SELECT COUNT(*) FROM trials WHERE study_id = 1)), 1, ?, ?, ?) RETURNING trial_id");
  row->bind(1, trial.pruned ? "PRUNED" : "COMPLETE");
  // Optuna 3 and 4 store times without a zone, in local time.
  row->bind(2, local_time_text(trial.started_us));
  row->bind(3, local_time_text(trial.finished_us));
  row->next();
  const std::int64_t id = row->integer(0);
  insert_values(database, id, trial.means, objectives_of(definition));
  insert_params(database, id, trial.point, space);
  insert_attributes(database, id, trial.number, trial.means);
  insert_intermediate_values(database, id, trial.pages, definition.objective);
  return id;
}

}  // namespace ocrtune
