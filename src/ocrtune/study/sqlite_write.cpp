#include "ocrtune/study/sqlite_write.h"

#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>

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

void insert_page(SQLite::Database& database, const std::string& table, int index,
                 const PageRecord& page) {
  SQLite::Statement row(database, "INSERT INTO " + table + " VALUES (" + placeholders(12) + ")");
  row.bind(1, index);
  row.bind(2, is_utf8(page.name) ? page.name : quotable(page.name, 4096));
  row.bind(3, page.pixels);
  row.bind(4, page.truth);
  row.bind(5, page.lang);
  row.bind(6, page.width);
  row.bind(7, page.height);
  row.bind(8, page.dpi);
  row.bind(9, labels_json(page.labels).dump());
  row.bind(10, page.file.string());
  row.bind(11, page.file_page);
  row.bind(12, page.truth_file.string());
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

void insert_attributes(SQLite::Database& database, std::int64_t id, std::size_t number,
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
  insert("point_id", number);
  if (number == 0) insert("baseline", true);
  insert("confidence", means.confidence);
  insert("sharpness", means.sharpness);
  insert("contrast", means.contrast);
  insert("cnr", means.cnr);
  for (const Objective objective : kPossiblyMissing) {
    const auto value = means.find(objective);
    if (value) insert(std::string(objective_name(objective)).c_str(), *value);
  }
}

void insert_values(SQLite::Database& database, std::int64_t id, const MeanScores& means,
                   const std::vector<Objective>& objectives) {
  SQLite::Statement row(database,
                        "INSERT INTO trial_values (trial_id, objective, value, value_type) "
                        "VALUES (?, ?, ?, 'FINITE')");
  int place = 0;
  for (const Objective objective : objectives) {
    row.bind(1, id);
    row.bind(2, place++);
    row.bind(3, means.value(objective));
    row.exec();
    row.reset();
  }
}

/// Optuna's step is the number of pages seen, its value their mean.
void insert_intermediate_values(SQLite::Database& database, std::int64_t id,
                                const std::vector<const PageResult*>& pages, Objective objective) {
  SQLite::Statement row(database,
                        "INSERT INTO trial_intermediate_values (trial_id, step, "
                        "intermediate_value, intermediate_value_type) VALUES (?, ?, ?, 'FINITE')");
  double sum = 0;
  int judged = 0;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    const std::optional<double> value = page_value(*pages[i], objective);
    if (!value) continue;
    sum += *value;
    ++judged;
    row.bind(1, id);
    row.bind(2, static_cast<std::int64_t>(i + 1));
    row.bind(3, sum / judged);
    row.exec();
    row.reset();
  }
}

/// What Optuna shows of a trial, complete or pruned.
struct OptunaTrial {
  const char* state;
  std::size_t number;
  const Point& point;
  MeanScores means;
  std::int64_t started_us;
  std::int64_t finished_us;
};

std::int64_t insert_optuna_trial(SQLite::Database& database, const OptunaTrial& trial,
                                 const StudyDefinition& definition, const Space& space) {
  SQLite::Statement row(
      database,
      "INSERT INTO trials (number, study_id, state, datetime_start, datetime_complete) "
      "VALUES ((SELECT COUNT(*) FROM trials WHERE study_id = 1), 1, ?, ?, ?)");
  row.bind(1, trial.state);
  // Optuna 3 and 4 keep times without a zone, in local time.
  row.bind(2, local_time_text(trial.started_us));
  row.bind(3, local_time_text(trial.finished_us));
  row.exec();
  const std::int64_t id = database.getLastInsertRowid();
  insert_values(database, id, trial.means, objectives_of(definition));
  insert_params(database, id, trial.point, space);
  insert_attributes(database, id, trial.number, trial.means);
  return id;
}

void insert_number(SQLite::Database& database, const std::string& table, std::size_t number,
                   std::int64_t id, std::int64_t started_us, std::int64_t finished_us) {
  SQLite::Statement own(database, "INSERT INTO " + table + " VALUES (?, ?, ?, ?)");
  own.bind(1, static_cast<std::int64_t>(number));
  own.bind(2, id);
  own.bind(3, started_us);
  own.bind(4, finished_us);
  own.exec();
}

void insert_results(SQLite::Database& database, const Trial& trial) {
  SQLite::Statement row(
      database, fmt::format("INSERT INTO ocrtune_results (number, page, {}) VALUES ({})",
                            result_columns(kStudyFormat), placeholders(2 + kResultColumns)));
  int index = 0;
  for (const PageResult& page : trial.pages) {
    row.bind(1, static_cast<std::int64_t>(trial.number));
    row.bind(2, index++);
    bind_result(row, 3, page);
    row.exec();
    row.reset();
  }
}

void insert_results(SQLite::Database& database, const PrunedTrial& trial) {
  SQLite::Statement row(
      database,
      fmt::format("INSERT INTO ocrtune_pruned_results (number, place, page, {}) VALUES ({})",
                  result_columns(kStudyFormat), placeholders(3 + kResultColumns)));
  for (std::size_t place = 0; place < trial.pages.size(); ++place) {
    row.bind(1, static_cast<std::int64_t>(trial.number));
    row.bind(2, static_cast<std::int64_t>(place));
    row.bind(3, static_cast<std::int64_t>(trial.pages[place]));
    bind_result(row, 4, trial.results[place]);
    row.exec();
    row.reset();
  }
}

std::vector<const PageResult*> in_order(const Trial& trial) {
  std::vector<const PageResult*> pages;
  for (const std::size_t page : trial.page_order) pages.push_back(&trial.pages[page]);
  return pages;
}

}  // namespace

void insert_definition(SQLite::Database& database, const StudyDefinition& definition) {
  database.exec("INSERT INTO version_info VALUES (1, 12, '3.1.0')");
  database.exec("INSERT INTO studies VALUES (1, 'ocrtune')");
  SQLite::Statement direction(database,
                              "INSERT INTO study_directions (direction, study_id, objective) "
                              "VALUES (?, 1, ?)");
  json names = json::array();
  for (const Objective objective : objectives_of(definition)) {
    direction.bind(1, is_minimized(objective) ? "MINIMIZE" : "MAXIMIZE");
    direction.bind(2, static_cast<std::int64_t>(names.size()));
    direction.exec();
    direction.reset();
    names.push_back(std::string(objective_name(objective)));
  }
  SQLite::Statement attribute(
      database, "INSERT INTO study_system_attributes VALUES (1, 1, 'study:metric_names', ?)");
  attribute.bind(1, names.dump());
  attribute.exec();
  SQLite::Statement own(database,
                        "INSERT INTO ocrtune_study VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
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
  own.bind(12, search_text(definition.search));
  own.exec();
  int index = 0;
  for (const PageRecord& page : definition.pages)
    insert_page(database, "ocrtune_pages", index++, page);
  index = 0;
  for (const PageRecord& page : definition.held_out)
    insert_page(database, "ocrtune_held_out", index++, page);
}

void update_places(SQLite::Database& database, const StudyDefinition& definition) {
  const auto update = [&](const std::string& table, const std::vector<PageRecord>& pages) {
    SQLite::Statement row(
        database,
        "UPDATE " + table + " SET file = ?, file_page = ?, truth_file = ? WHERE page = ?");
    std::int64_t index = 0;
    for (const PageRecord& page : pages) {
      row.bind(1, page.file.string());
      row.bind(2, page.file_page);
      row.bind(3, page.truth_file.string());
      row.bind(4, index++);
      row.exec();
      row.reset();
    }
  };
  update("ocrtune_pages", definition.pages);
  update("ocrtune_held_out", definition.held_out);
}

void insert_trial(SQLite::Database& database, const Trial& trial, const StudyDefinition& definition,
                  const Space& space) {
  const std::int64_t id = insert_optuna_trial(database,
                                              {.state = "COMPLETE",
                                               .number = trial.number,
                                               .point = trial.point,
                                               .means = trial.means(),
                                               .started_us = trial.started_us,
                                               .finished_us = trial.finished_us},
                                              definition, space);
  insert_number(database, "ocrtune_trials", trial.number, id, trial.started_us, trial.finished_us);
  insert_results(database, trial);
  insert_steps(database, trial);
  // Only where trials may be pruned do people look at values page by page.
  if (definition.search.pruner != kNoPruner)
    insert_intermediate_values(database, id, in_order(trial), definition.objective);
}

void insert_pruned(SQLite::Database& database, const PrunedTrial& trial,
                   const StudyDefinition& definition, const Space& space) {
  const std::int64_t id = insert_optuna_trial(database,
                                              {.state = "PRUNED",
                                               .number = trial.number,
                                               .point = trial.point,
                                               .means = mean_scores(trial.results),
                                               .started_us = trial.started_us,
                                               .finished_us = trial.finished_us},
                                              definition, space);
  insert_number(database, "ocrtune_pruned", trial.number, id, trial.started_us, trial.finished_us);
  insert_results(database, trial);
  std::vector<const PageResult*> pages;
  for (const PageResult& page : trial.results) pages.push_back(&page);
  insert_intermediate_values(database, id, pages, definition.objective);
}

}  // namespace ocrtune
