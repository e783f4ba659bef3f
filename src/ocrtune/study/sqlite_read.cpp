#include "ocrtune/study/sqlite_read.h"

#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/ocr/engine_choice.h"
#include "ocrtune/study/sqlite_columns.h"
#include "ocrtune/study/sqlite_schema.h"

namespace ocrtune {
namespace {

using nlohmann::json;

Labels labels_from(const std::string& text) {
  Labels labels;
  for (const json& entry : json::parse(text)) {
    labels.emplace_back(entry.at(0).get<std::string>(), entry.at(1).get<std::string>());
  }
  return labels;
}

/// Reads the columns number, started_us, finished_us.
template <typename AnyTrial>
std::vector<AnyTrial> read_heads(SQLite::Statement& query) {
  std::vector<AnyTrial> trials;
  while (query.executeStep()) {
    AnyTrial trial;
    trial.number = static_cast<std::size_t>(query.getColumn(0).getInt64());
    trial.started_us = query.getColumn(1).getInt64();
    trial.finished_us = query.getColumn(2).getInt64();
    trials.push_back(std::move(trial));
  }
  return trials;
}

/// All trials of a state, by number.
template <typename AnyTrial>
std::vector<AnyTrial> read_heads(SQLite::Database& database, const char* state) {
  SQLite::Statement query(database,
                          "SELECT number, started_us, finished_us FROM ocrtune_trials WHERE state "
                          "= ? ORDER BY number");
  query.bind(1, state);
  return read_heads<AnyTrial>(query);
}

/// Calls `take` with the trial of each row. `trials` and rows are in the order of the numbers; the
/// number is the rows' first column, and ?1 and ?2 are its bounds in the query.
template <typename AnyTrial, typename Take>
void each_row(SQLite::Statement& query, std::vector<AnyTrial>& trials, Take take) {
  query.bind(1, static_cast<std::int64_t>(trials.front().number));
  query.bind(2, static_cast<std::int64_t>(trials.back().number));
  auto trial = trials.begin();
  while (query.executeStep()) {
    const auto number = static_cast<std::size_t>(query.getColumn(0).getInt64());
    while (trial != trials.end() && trial->number < number) ++trial;
    if (trial == trials.end()) return;
    if (trial->number == number) take(*trial);
  }
}

/// Reads the points of `trials`, which are in the order of their numbers.
template <typename AnyTrial>
void read_points(SQLite::Database& database, std::vector<AnyTrial>& trials) {
  if (trials.empty()) return;
  SQLite::Statement query(database,
                          "SELECT number, name, value FROM ocrtune_points WHERE number >= ?1 AND "
                          "number <= ?2 ORDER BY number, place");
  each_row(query, trials, [&](AnyTrial& trial) {
    trial.point.values.emplace_back(query.getColumn(1).getString(), query.getColumn(2).getDouble());
  });
}

/// Reads the pages of `trials`, which are complete and in the order of their numbers.
void read_results(SQLite::Database& database, std::vector<Trial>& trials, std::size_t page_count) {
  if (trials.empty()) return;
  const ScoreColumns scores(database, "ocrtune_results");
  SQLite::Statement query(
      database, fmt::format("SELECT number, page, {}{} FROM ocrtune_results WHERE number >= ?1 AND "
                            "number <= ?2 ORDER BY number, page",
                            kTimeColumns, scores.names()));
  each_row(query, trials, [&](Trial& trial) {
    if (query.getColumn(1).getInt64() != static_cast<std::int64_t>(trial.pages.size())) {
      throw Error(Errc::study_error,
                  tr("is damaged: trial {} has no page {}", trial.number, trial.pages.size()));
    }
    trial.pages.push_back(result_at(query, 2, scores));
  });
  for (const Trial& each : trials) {
    if (each.pages.size() == page_count) continue;
    throw Error(Errc::study_error, tr("is damaged: trial {} has {} of {} pages", each.number,
                                      each.pages.size(), page_count));
  }
}

std::vector<PageRecord> read_pages(SQLite::Database& database, bool held_out) {
  std::vector<PageRecord> records;
  SQLite::Statement pages(database,
                          "SELECT name, pixels, truth, lang, width, height, dpi, labels, file, "
                          "file_page, truth_file FROM ocrtune_pages WHERE held_out = ? ORDER BY "
                          "page");
  pages.bind(1, held_out ? 1 : 0);
  while (pages.executeStep()) {
    records.push_back({.name = pages.getColumn(0).getString(),
                       .pixels = pages.getColumn(1).getString(),
                       .truth = pages.getColumn(2).getString(),
                       .lang = pages.getColumn(3).getString(),
                       .width = pages.getColumn(4).getInt(),
                       .height = pages.getColumn(5).getInt(),
                       .dpi = pages.getColumn(6).getDouble(),
                       .labels = labels_from(pages.getColumn(7).getString()),
                       .file = pages.getColumn(8).getString(),
                       .file_page = pages.getColumn(9).getInt(),
                       .truth_file = pages.getColumn(10).getString()});
  }
  return records;
}

/// Throws if the text of the engine is invalid, or has no engine for a language of the pages.
void require_engines(const StudyDefinition& definition) {
  std::vector<std::string> languages;
  for (const PageRecord& page : definition.pages) languages.push_back(page.lang);
  for (const PageRecord& page : definition.held_out) languages.push_back(page.lang);
  (void)engines_of(definition.engine, languages);
}

}  // namespace

StudyDefinition read_definition(SQLite::Database& database) {
  require_format(database);
  SQLite::Statement query(database,
                          "SELECT pipeline, seed, objective, psm, oem, ocr_max_width, lang, "
                          "models, program, engine, search FROM ocrtune_study");
  if (!query.executeStep()) throw Error(Errc::study_error, tr("is damaged: it contains no study"));
  StudyDefinition definition{.pipeline = query.getColumn(0).getString(),
                             .seed = static_cast<std::uint64_t>(query.getColumn(1).getInt64()),
                             .objective = score_named(query.getColumn(2).getString()),
                             .psm = query.getColumn(3).getInt(),
                             .oem = query.getColumn(4).getInt(),
                             .ocr_max_width = query.getColumn(5).getInt(),
                             .lang = query.getColumn(6).getString(),
                             .models = query.getColumn(7).getString(),
                             .engine = query.getColumn(9).getString(),
                             .search = search_from(query.getColumn(10).getString()),
                             .pages = read_pages(database, false),
                             .held_out = read_pages(database, true),
                             .program = query.getColumn(8).getString()};
  require_engines(definition);
  return definition;
}

std::vector<Trial> read_trials(SQLite::Database& database, std::size_t page_count) {
  std::vector<Trial> trials = read_heads<Trial>(database, "complete");
  read_points(database, trials);
  read_results(database, trials, page_count);
  return trials;
}

std::optional<Trial> read_trial(SQLite::Database& database, std::size_t number,
                                std::size_t page_count) {
  SQLite::Statement query(database,
                          "SELECT number, started_us, finished_us FROM ocrtune_trials WHERE number "
                          "= ? AND state = 'complete'");
  query.bind(1, static_cast<std::int64_t>(number));
  std::vector<Trial> trials = read_heads<Trial>(query);
  if (trials.empty()) return std::nullopt;
  read_points(database, trials);
  read_results(database, trials, page_count);
  return std::move(trials.front());
}

std::vector<PrunedTrial> read_pruned(SQLite::Database& database, std::size_t page_count) {
  std::vector<PrunedTrial> trials = read_heads<PrunedTrial>(database, "pruned");
  read_points(database, trials);
  const ScoreColumns scores(database, "ocrtune_results");
  SQLite::Statement rows(
      database,
      fmt::format("SELECT page, {}{} FROM ocrtune_results WHERE number = ? ORDER BY place",
                  kTimeColumns, scores.names()));
  for (PrunedTrial& trial : trials) {
    rows.bind(1, static_cast<std::int64_t>(trial.number));
    while (rows.executeStep()) {
      const std::int64_t page = rows.getColumn(0).getInt64();
      if (page < 0 || page >= static_cast<std::int64_t>(page_count)) {
        throw Error(
            Errc::study_error,
            tr("is damaged: trial {} has a page {} that is not in the study", trial.number, page));
      }
      trial.pages.push_back(static_cast<std::size_t>(page));
      trial.results.push_back(result_at(rows, 1, scores));
    }
    rows.reset();
  }
  return trials;
}

std::vector<WrittenTrial> read_written_after(SQLite::Database& database, std::int64_t mark,
                                             std::size_t most) {
  std::vector<WrittenTrial> trials;
  SQLite::Statement query(database,
                          "SELECT id, number, state = 'pruned', finished_us FROM ocrtune_trials "
                          "WHERE id > ? ORDER BY id LIMIT ?");
  query.bind(1, mark);
  query.bind(2, static_cast<std::int64_t>(most));
  while (query.executeStep()) {
    trials.push_back({.mark = query.getColumn(0).getInt64(),
                      .number = static_cast<std::size_t>(query.getColumn(1).getInt64()),
                      .pruned = query.getColumn(2).getInt() != 0,
                      .finished_us = query.getColumn(3).getInt64()});
  }
  return trials;
}

TrialCounts read_counts(SQLite::Database& database) {
  SQLite::Statement query(database, "SELECT COUNT(*), SUM(state = 'pruned') FROM ocrtune_trials");
  if (!query.executeStep()) return {};
  const auto all = static_cast<std::size_t>(query.getColumn(0).getInt64());
  const auto pruned = static_cast<std::size_t>(query.getColumn(1).getInt64());
  return {.finished = all - pruned, .pruned = pruned};
}

}  // namespace ocrtune
