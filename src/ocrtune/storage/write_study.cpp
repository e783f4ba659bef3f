#include "ocrtune/storage/write_study.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <numeric>

#include "ocrtune/base/text.h"
#include "ocrtune/storage/optuna_write.h"
#include "ocrtune/storage/own_schema.h"
#include "ocrtune/storage/score_columns.h"
#include "ocrtune/storage/steps_table.h"

namespace ocrtune {
namespace {

using nlohmann::json;

json labels_json(const Labels& labels) {
  json list = json::array();
  for (const auto& [name, value] : labels) list.push_back({name, value});
  return list;
}

void insert_pages(SqlDatabase& database, bool held_out, const std::vector<PageRecord>& pages) {
  Statement row(database, fmt::format("INSERT INTO ocrtune_pages VALUES ({})", placeholders(13)));
  row->bind(1, held_out ? 1 : 0);
  for (int index = 0; const PageRecord& page : pages) {
    row->bind(2, index++);
    row->bind(3, is_utf8(page.name) ? page.name : quotable(page.name, 4096));
    row->bind(4, page.pixels);
    row->bind(5, page.truth);
    row->bind(6, page.lang);
    row->bind(7, page.width);
    row->bind(8, page.height);
    row->bind(9, page.dpi);
    row->bind(10, labels_json(page.labels).dump());
    row->bind(11, page.file.string());
    row->bind(12, page.file_page);
    row->bind(13, page.truth_file.string());
    row->run();
  }
}

void insert_number(SqlDatabase& database, const OptunaTrial& trial, std::int64_t optuna_id) {
  Statement row(database,
                "INSERT INTO ocrtune_trials (number, state, started_us, finished_us, "
                "optuna_id) VALUES (?, ?, ?, ?, ?)");
  row->bind(1, static_cast<std::int64_t>(trial.number));
  row->bind(2, trial.pruned ? "pruned" : "complete");
  row->bind(3, trial.started_us);
  row->bind(4, trial.finished_us);
  row->bind(5, optuna_id);
  row->run();
}

void insert_point(SqlDatabase& database, std::size_t number, const Point& point) {
  Statement row(database, "INSERT INTO ocrtune_points VALUES (?, ?, ?, ?)");
  row->bind(1, static_cast<std::int64_t>(number));
  for (int place = 0; const auto& [name, value] : point.values) {
    row->bind(2, place++);
    row->bind(3, name);
    row->bind(4, value);
    row->run();
  }
}

/// `results[i]` is for the page `pages[i]`, the i-th in the order of evaluation.
void insert_results(SqlDatabase& database, std::size_t number,
                    const std::vector<std::size_t>& pages,
                    const std::vector<const PageResult*>& results) {
  const ScoreColumns scores(database, "ocrtune_results");
  Statement row(database,
                fmt::format("INSERT INTO ocrtune_results (number, page, place, {}{}) VALUES ({}{})",
                            kTimeColumns, scores.names(), placeholders(3 + kTimeColumnCount),
                            scores.placeholders()));
  row->bind(1, static_cast<std::int64_t>(number));
  for (std::size_t place = 0; place < pages.size(); ++place) {
    row->bind(2, static_cast<std::int64_t>(pages[place]));
    row->bind(3, static_cast<std::int64_t>(place));
    bind_times(*row, 4, *results[place]);
    scores.bind(*row, 4 + kTimeColumnCount, results[place]->scores);
    row->run();
  }
}

/// All rows but steps.
void insert(SqlDatabase& database, OptunaTrial trial, const std::vector<std::size_t>& pages,
            const std::vector<const PageResult*>& results, const StudyDefinition& definition,
            const Space& space) {
  // Values page by page are useful only if trials may be pruned.
  if (definition.search.pruner != kNoPruner) trial.pages = results;
  insert_number(database, trial, insert_optuna_trial(database, trial, definition, space));
  insert_point(database, trial.number, trial.point);
  insert_results(database, trial.number, pages, results);
}

}  // namespace

void insert_definition(SqlDatabase& database, const StudyDefinition& definition) {
  insert_optuna_study(database, definition);
  Statement own(database, fmt::format("INSERT INTO ocrtune_study VALUES ({})", placeholders(12)));
  own->bind(1, kStudyFormat);
  own->bind(2, definition.pipeline);
  own->bind(3, static_cast<std::int64_t>(definition.seed));
  own->bind(4, std::string(score_name(definition.objective)));
  own->bind(5, definition.psm);
  own->bind(6, definition.oem);
  own->bind(7, definition.ocr_max_width);
  own->bind(8, definition.lang);
  own->bind(9, definition.models);
  own->bind(10, definition.program);
  own->bind(11, definition.engine);
  own->bind(12, search_text(definition.search));
  own->run();
  insert_pages(database, false, definition.pages);
  insert_pages(database, true, definition.held_out);
}

void update_places(SqlDatabase& database, const StudyDefinition& definition) {
  Statement row(database,
                "UPDATE ocrtune_pages SET file = ?, file_page = ?, truth_file = ? WHERE "
                "held_out = ? AND page = ?");
  const auto update = [&](bool held_out, const std::vector<PageRecord>& pages) {
    row->bind(4, held_out ? 1 : 0);
    for (std::int64_t index = 0; const PageRecord& page : pages) {
      row->bind(1, page.file.string());
      row->bind(2, page.file_page);
      row->bind(3, page.truth_file.string());
      row->bind(5, index++);
      row->run();
    }
  };
  update(false, definition.pages);
  update(true, definition.held_out);
}

void insert_trial(SqlDatabase& database, const Trial& trial, const StudyDefinition& definition,
                  const Space& space) {
  std::vector<std::size_t> order = trial.page_order;
  if (order.size() != trial.pages.size()) {
    order.resize(trial.pages.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
  }
  std::vector<const PageResult*> results;
  results.reserve(order.size());
  for (const std::size_t page : order) results.push_back(&trial.pages[page]);
  insert(database,
         {.number = trial.number,
          .point = trial.point,
          .means = trial.means(),
          .started_us = trial.started_us,
          .finished_us = trial.finished_us},
         order, results, definition, space);
  insert_steps(database, trial);
}

void insert_pruned(SqlDatabase& database, const PrunedTrial& trial,
                   const StudyDefinition& definition, const Space& space) {
  std::vector<const PageResult*> results;
  results.reserve(trial.results.size());
  for (const PageResult& result : trial.results) results.push_back(&result);
  insert(database,
         {.pruned = true,
          .number = trial.number,
          .point = trial.point,
          .means = mean_scores(trial.results),
          .started_us = trial.started_us,
          .finished_us = trial.finished_us},
         trial.pages, results, definition, space);
}

}  // namespace ocrtune
