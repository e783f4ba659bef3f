#include "ocrtune/study/sqlite_read.h"

#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <unordered_map>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/ocr/reader.h"
#include "ocrtune/study/sqlite_columns.h"
#include "ocrtune/study/sqlite_format.h"

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

/// The points of all trials, by Optuna's number of the trial.
std::unordered_map<std::int64_t, Point> read_points(SQLite::Database& database) {
  std::unordered_map<std::int64_t, Point> points;
  SQLite::Statement query(
      database, "SELECT trial_id, param_name, param_value FROM trial_params ORDER BY param_id");
  while (query.executeStep()) {
    points[query.getColumn(0).getInt64()].values.emplace_back(query.getColumn(1).getString(),
                                                              query.getColumn(2).getDouble());
  }
  return points;
}

/// Fills in the pages of `trials`, which are in the order of their numbers.
void read_results(SQLite::Database& database, std::vector<Trial>& trials) {
  const int format = read_format(database);
  SQLite::Statement query(database,
                          fmt::format("SELECT number, page, {} FROM ocrtune_results ORDER BY "
                                      "number, page",
                                      result_columns(format)));
  auto trial = trials.begin();
  while (query.executeStep()) {
    const auto number = static_cast<std::size_t>(query.getColumn(0).getInt64());
    while (trial != trials.end() && trial->number < number) ++trial;
    if (trial == trials.end() || trial->number != number) continue;
    if (query.getColumn(1).getInt64() != static_cast<std::int64_t>(trial->pages.size())) {
      throw Error(Errc::study_error,
                  fmt::format("is damaged: trial {} lacks page {}", number, trial->pages.size()));
    }
    trial->pages.push_back(result_at(query, 2));
  }
}

std::vector<PageRecord> read_pages(SQLite::Database& database, const char* table, int format) {
  std::vector<PageRecord> records;
  SQLite::Statement pages(
      database,
      fmt::format("SELECT name, pixels, truth, lang, width, height, dpi, "
                  "labels, {} FROM {} ORDER BY page",
                  format >= kFormatWithFiles ? "file, file_page, truth_file" : "'', 0, ''", table));
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

/// Throws where the reader's text is none, or leaves a language of the pages out.
void require_readers(const StudyDefinition& definition) {
  std::vector<std::string> languages;
  for (const PageRecord& page : definition.pages) languages.push_back(page.lang);
  for (const PageRecord& page : definition.held_out) languages.push_back(page.lang);
  (void)readers_of(definition.reader, languages);
}

}  // namespace

StudyDefinition read_definition(SQLite::Database& database) {
  // Before format 3 only stock Tesseract read, before format 4 only designs were evaluated.
  const int format = read_format(database);
  SQLite::Statement query(
      database, fmt::format("SELECT pipeline, seed, objective, psm, oem, ocr_max_width, lang, "
                            "models, program, {}, {} FROM ocrtune_study",
                            format >= kFormatWithReader ? "reader" : "'tesseract'",
                            format >= kFormatWithSearch ? "search" : "''"));
  if (!query.executeStep()) {
    throw Error(Errc::study_error, "is damaged: it has no study");
  }
  const std::string search = query.getColumn(10).getString();
  StudyDefinition definition{.pipeline = query.getColumn(0).getString(),
                             .seed = static_cast<std::uint64_t>(query.getColumn(1).getInt64()),
                             .objective = objective_named(query.getColumn(2).getString()),
                             .psm = query.getColumn(3).getInt(),
                             .oem = query.getColumn(4).getInt(),
                             .ocr_max_width = query.getColumn(5).getInt(),
                             .lang = query.getColumn(6).getString(),
                             .models = query.getColumn(7).getString(),
                             .reader = query.getColumn(9).getString(),
                             .search = search.empty() ? SearchSettings{} : search_from(search),
                             .pages = read_pages(database, "ocrtune_pages", format),
                             .held_out = {},
                             .program = query.getColumn(8).getString()};
  if (format >= kFormatWithSearch)
    definition.held_out = read_pages(database, "ocrtune_held_out", format);
  require_readers(definition);
  return definition;
}

std::vector<Trial> read_trials(SQLite::Database& database, std::size_t page_count) {
  std::vector<Trial> trials;
  std::unordered_map<std::int64_t, Point> points = read_points(database);
  SQLite::Statement query(
      database,
      "SELECT number, trial_id, started_us, finished_us FROM ocrtune_trials ORDER BY number");
  while (query.executeStep()) {
    trials.push_back({.number = static_cast<std::size_t>(query.getColumn(0).getInt64()),
                      .point = std::move(points[query.getColumn(1).getInt64()]),
                      .pages = {},
                      .started_us = query.getColumn(2).getInt64(),
                      .finished_us = query.getColumn(3).getInt64()});
  }
  read_results(database, trials);
  for (const Trial& trial : trials) {
    if (trial.pages.size() == page_count) continue;
    throw Error(Errc::study_error, fmt::format("is damaged: trial {} has {} of {} pages",
                                               trial.number, trial.pages.size(), page_count));
  }
  return trials;
}

std::vector<PrunedTrial> read_pruned(SQLite::Database& database, std::size_t page_count) {
  std::vector<PrunedTrial> trials;
  const int format = read_format(database);
  if (format < kFormatWithSearch) return trials;
  std::unordered_map<std::int64_t, Point> points = read_points(database);
  SQLite::Statement query(
      database,
      "SELECT number, trial_id, started_us, finished_us FROM ocrtune_pruned ORDER BY number");
  while (query.executeStep()) {
    trials.push_back({.number = static_cast<std::size_t>(query.getColumn(0).getInt64()),
                      .point = std::move(points[query.getColumn(1).getInt64()]),
                      .pages = {},
                      .results = {},
                      .started_us = query.getColumn(2).getInt64(),
                      .finished_us = query.getColumn(3).getInt64()});
  }
  SQLite::Statement rows(database,
                         fmt::format("SELECT page, {} FROM ocrtune_pruned_results WHERE number = "
                                     "? ORDER BY place",
                                     result_columns(format)));
  for (PrunedTrial& trial : trials) {
    rows.bind(1, static_cast<std::int64_t>(trial.number));
    while (rows.executeStep()) {
      const std::int64_t page = rows.getColumn(0).getInt64();
      if (page < 0 || page >= static_cast<std::int64_t>(page_count)) {
        throw Error(Errc::study_error,
                    fmt::format("is damaged: trial {} has a page {}", trial.number, page));
      }
      trial.pages.push_back(static_cast<std::size_t>(page));
      trial.results.push_back(result_at(rows, 1));
    }
    rows.reset();
  }
  return trials;
}

}  // namespace ocrtune
