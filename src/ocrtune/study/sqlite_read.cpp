#include "ocrtune/study/sqlite_read.h"

#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>

#include <nlohmann/json.hpp>

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

Point point_of(SQLite::Database& database, std::int64_t trial_id) {
  Point point;
  SQLite::Statement query(
      database,
      "SELECT param_name, param_value FROM trial_params WHERE trial_id = ? ORDER BY param_id");
  query.bind(1, trial_id);
  while (query.executeStep()) {
    point.values.emplace_back(query.getColumn(0).getString(), query.getColumn(1).getDouble());
  }
  return point;
}

/// Fills in the pages of `trials`, which are in the order of their numbers.
void read_results(SQLite::Database& database, std::vector<Trial>& trials) {
  SQLite::Statement query(
      database,
      "SELECT number, page, confidence, words, sharpness, contrast, cnr, cer, wer, "
      "started_us, total_ms, preprocess_ms, ocr_ms, sharpness_ms, contrast_ms, cnr_ms, "
      "failure FROM ocrtune_results ORDER BY number, page");
  auto trial = trials.begin();
  while (query.executeStep()) {
    const auto number = static_cast<std::size_t>(query.getColumn(0).getInt64());
    while (trial != trials.end() && trial->number < number) ++trial;
    if (trial == trials.end() || trial->number != number) continue;
    if (query.getColumn(1).getInt64() != static_cast<std::int64_t>(trial->pages.size())) {
      throw Error(ExitStatus::study_error,
                  fmt::format("is damaged: trial {} lacks page {}", number, trial->pages.size()));
    }
    const auto real = [&](int column) { return query.getColumn(column).getDouble(); };
    trial->pages.push_back({.scores = scores_at(query, 2),
                            .timings = {.started_us = query.getColumn(9).getInt64(),
                                        .total_ms = real(10),
                                        .preprocess_ms = real(11),
                                        .ocr_ms = real(12),
                                        .sharpness_ms = real(13),
                                        .contrast_ms = real(14),
                                        .cnr_ms = real(15)},
                            .failure = query.getColumn(16).getString()});
  }
}

/// Throws where the reader's text is none, or leaves a language of the pages out.
void require_readers(const StudyDefinition& definition) {
  std::vector<std::string> languages;
  for (const PageRecord& page : definition.pages) languages.push_back(page.lang);
  (void)readers_of(definition.reader, languages);
}

}  // namespace

StudyDefinition read_definition(SQLite::Database& database) {
  // Before format 3 only stock Tesseract read.
  const bool says_reader = read_format(database) >= kFormatWithReader;
  SQLite::Statement query(
      database, fmt::format("SELECT pipeline, seed, objective, psm, oem, ocr_max_width, lang, "
                            "models, program, {} FROM ocrtune_study",
                            says_reader ? "reader" : "'tesseract'"));
  if (!query.executeStep()) {
    throw Error(ExitStatus::study_error, "is damaged: it has no study");
  }
  StudyDefinition definition{.pipeline = query.getColumn(0).getString(),
                             .seed = static_cast<std::uint64_t>(query.getColumn(1).getInt64()),
                             .objective = objective_named(query.getColumn(2).getString()),
                             .psm = query.getColumn(3).getInt(),
                             .oem = query.getColumn(4).getInt(),
                             .ocr_max_width = query.getColumn(5).getInt(),
                             .lang = query.getColumn(6).getString(),
                             .models = query.getColumn(7).getString(),
                             .reader = query.getColumn(9).getString(),
                             .pages = {},
                             .program = query.getColumn(8).getString()};
  SQLite::Statement pages(database,
                          "SELECT name, pixels, truth, lang, width, height, dpi, labels "
                          "FROM ocrtune_pages ORDER BY page");
  while (pages.executeStep()) {
    definition.pages.push_back({.name = pages.getColumn(0).getString(),
                                .pixels = pages.getColumn(1).getString(),
                                .truth = pages.getColumn(2).getString(),
                                .lang = pages.getColumn(3).getString(),
                                .width = pages.getColumn(4).getInt(),
                                .height = pages.getColumn(5).getInt(),
                                .dpi = pages.getColumn(6).getDouble(),
                                .labels = labels_from(pages.getColumn(7).getString())});
  }
  require_readers(definition);
  return definition;
}

std::vector<Trial> read_trials(SQLite::Database& database, std::size_t page_count) {
  std::vector<Trial> trials;
  SQLite::Statement query(
      database,
      "SELECT number, trial_id, started_us, finished_us FROM ocrtune_trials ORDER BY number");
  while (query.executeStep()) {
    trials.push_back({.number = static_cast<std::size_t>(query.getColumn(0).getInt64()),
                      .point = point_of(database, query.getColumn(1).getInt64()),
                      .pages = {},
                      .started_us = query.getColumn(2).getInt64(),
                      .finished_us = query.getColumn(3).getInt64()});
  }
  read_results(database, trials);
  for (const Trial& trial : trials) {
    if (trial.pages.size() == page_count) continue;
    throw Error(ExitStatus::study_error, fmt::format("is damaged: trial {} has {} of {} pages",
                                                     trial.number, trial.pages.size(), page_count));
  }
  return trials;
}

}  // namespace ocrtune
