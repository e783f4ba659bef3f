#include "ocrtune/study/sqlite_write.h"

#include <SQLiteCpp/Statement.h>

#include <nlohmann/json.hpp>

#include "ocrtune/base/text.h"
#include "ocrtune/base/time.h"
#include "ocrtune/study/optuna_schema.h"
#include "ocrtune/study/sqlite_columns.h"
#include "ocrtune/study/sqlite_schema.h"
#include "ocrtune/study/sqlite_steps.h"

namespace ocrtune {
namespace {

using nlohmann::json;

json labels_json(const Labels& labels) {
  json list = json::array();
  for (const auto& [name, value] : labels) list.push_back({name, value});
  return list;
}

void insert_page(SQLite::Database& database, int index, const PageRecord& page) {
  SQLite::Statement row(database, "INSERT INTO ocrtune_pages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
  row.bind(1, index);
  row.bind(2, is_utf8(page.name) ? page.name : quotable(page.name, 4096));
  row.bind(3, page.pixels);
  row.bind(4, page.truth);
  row.bind(5, page.lang);
  row.bind(6, page.width);
  row.bind(7, page.height);
  row.bind(8, page.dpi);
  row.bind(9, labels_json(page.labels).dump());
  row.exec();
}

void insert_params(SQLite::Database& database, std::int64_t id, const Point& point,
                   const Space& space) {
  SQLite::Statement row(
      database,
      "INSERT INTO trial_params (trial_id, param_name, param_value, distribution_json) "
      "VALUES (?, ?, ?, ?)");
  for (const Dimension& dimension : space.dimensions()) {
    const std::optional<double> value = point.find(dimension.name);
    if (!value) continue;
    row.bind(1, id);
    row.bind(2, dimension.name);
    row.bind(3, *value);
    row.bind(4, optuna_distribution(dimension));
    row.exec();
    row.reset();
  }
}

void insert_attributes(SQLite::Database& database, std::int64_t id, const Trial& trial,
                       const MeanScores& means) {
  SQLite::Statement row(
      database,
      "INSERT INTO trial_user_attributes (trial_id, \"key\", value_json) VALUES (?, ?, ?)");
  const auto insert = [&](const char* key, const json& value) {
    row.bind(1, id);
    row.bind(2, key);
    row.bind(3, value.dump());
    row.exec();
    row.reset();
  };
  insert("point_id", trial.number);
  if (trial.number == 0) insert("baseline", true);
  insert("confidence", means.confidence);
  insert("sharpness", means.sharpness);
  insert("contrast", means.contrast);
  insert("cnr", means.cnr);
  if (means.cer) insert("cer", *means.cer);
  if (means.wer) insert("wer", *means.wer);
}

std::int64_t insert_optuna_trial(SQLite::Database& database, const Trial& trial,
                                 Objective objective, const Space& space) {
  SQLite::Statement row(
      database,
      "INSERT INTO trials (number, study_id, state, datetime_start, datetime_complete) "
      "VALUES ((SELECT COUNT(*) FROM trials WHERE study_id = 1), 1, 'COMPLETE', ?, ?)");
  // Optuna 3 and 4 keep times without a zone, in local time.
  row.bind(1, local_time_text(trial.started_us));
  row.bind(2, local_time_text(trial.finished_us));
  row.exec();
  const std::int64_t id = database.getLastInsertRowid();
  const MeanScores means = trial.means();
  SQLite::Statement value(database,
                          "INSERT INTO trial_values (trial_id, objective, value, value_type) "
                          "VALUES (?, 0, ?, 'FINITE')");
  value.bind(1, id);
  value.bind(2, means.value(objective));
  value.exec();
  insert_params(database, id, trial.point, space);
  insert_attributes(database, id, trial, means);
  return id;
}

void insert_own_trial(SQLite::Database& database, const Trial& trial, std::int64_t id) {
  SQLite::Statement own(database, "INSERT INTO ocrtune_trials VALUES (?, ?, ?, ?)");
  own.bind(1, static_cast<std::int64_t>(trial.number));
  own.bind(2, id);
  own.bind(3, trial.started_us);
  own.bind(4, trial.finished_us);
  own.exec();
  SQLite::Statement row(
      database,
      "INSERT INTO ocrtune_results VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  int index = 0;
  for (const PageResult& page : trial.pages) {
    const PageTimings& timings = page.timings;
    row.bind(1, static_cast<std::int64_t>(trial.number));
    row.bind(2, index++);
    bind_scores(row, 3, page.scores);
    row.bind(10, timings.started_us);
    row.bind(11, timings.total_ms);
    row.bind(12, timings.preprocess_ms);
    row.bind(13, timings.ocr_ms);
    row.bind(14, timings.sharpness_ms);
    row.bind(15, timings.contrast_ms);
    row.bind(16, timings.cnr_ms);
    row.bind(17, page.failure);
    row.exec();
    row.reset();
  }
}

}  // namespace

void insert_definition(SQLite::Database& database, const StudyDefinition& definition) {
  database.exec("INSERT INTO version_info VALUES (1, 12, '3.1.0')");
  database.exec("INSERT INTO studies VALUES (1, 'ocrtune')");
  SQLite::Statement direction(database, "INSERT INTO study_directions VALUES (1, ?, 1, 0)");
  direction.bind(1, is_minimized(definition.objective) ? "MINIMIZE" : "MAXIMIZE");
  direction.exec();
  SQLite::Statement names(
      database, "INSERT INTO study_system_attributes VALUES (1, 1, 'study:metric_names', ?)");
  names.bind(1, json::array({std::string(objective_name(definition.objective))}).dump());
  names.exec();
  SQLite::Statement own(database,
                        "INSERT INTO ocrtune_study VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  own.bind(1, kStudyFormat);
  own.bind(2, definition.pipeline);
  own.bind(3, static_cast<std::int64_t>(definition.seed));
  own.bind(4, std::string(objective_name(definition.objective)));
  own.bind(5, definition.psm);
  own.bind(6, definition.oem);
  own.bind(7, definition.ocr_max_width);
  own.bind(8, definition.lang);
  own.bind(9, definition.models);
  own.bind(10, definition.program);
  own.bind(11, definition.reader);
  own.exec();
  int index = 0;
  for (const PageRecord& page : definition.pages) insert_page(database, index++, page);
}

void insert_trial(SQLite::Database& database, const Trial& trial, Objective objective,
                  const Space& space) {
  const std::int64_t id = insert_optuna_trial(database, trial, objective, space);
  insert_own_trial(database, trial, id);
  insert_steps(database, trial);
}

}  // namespace ocrtune
