#include "ocrtune/storage/read_study.h"

#include <fmt/format.h>

#include <limits>
#include <nlohmann/json.hpp>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/ocr/engines/engine_choice.h"
#include "ocrtune/storage/own_schema.h"
#include "ocrtune/storage/score_columns.h"
#include "ocrtune/storage/steps_table.h"

namespace ocrtune {
namespace {

using nlohmann::json;

constexpr const char* kResultsTable = "ocrtune_results";

Labels labels_from(const std::string& text) {
  Labels labels;
  for (const json& entry : json::parse(text)) {
    labels.emplace_back(entry.at(0).get<std::string>(), entry.at(1).get<std::string>());
  }
  return labels;
}

/// Reads the columns number, started_us, finished_us.
template <typename AnyTrial>
std::vector<AnyTrial> read_heads(SqlStatement& query) {
  std::vector<AnyTrial> trials;
  while (query.next()) {
    AnyTrial trial;
    trial.number = static_cast<std::size_t>(query.integer(0));
    trial.started_us = query.integer(1);
    trial.finished_us = query.integer(2);
    trials.push_back(std::move(trial));
  }
  return trials;
}

/// All trials of a state, by number.
template <typename AnyTrial>
std::vector<AnyTrial> read_heads(SqlDatabase& database, const char* state) {
  Statement query(database,
                  "SELECT number, started_us, finished_us FROM ocrtune_trials WHERE state "
                  "= ? ORDER BY number");
  query->bind(1, state);
  return read_heads<AnyTrial>(*query);
}

/// Finds trials by their numbers, in the order of both.
template <typename AnyTrial>
class InOrder {
 public:
  explicit InOrder(std::vector<AnyTrial>& trials) : trial_(trials.begin()), end_(trials.end()) {}

  /// The trial, or null. Numbers must not decrease from call to call.
  AnyTrial* find(std::size_t number) {
    while (trial_ != end_ && trial_->number < number) ++trial_;
    return trial_ != end_ && trial_->number == number ? &*trial_ : nullptr;
  }

 private:
  typename std::vector<AnyTrial>::iterator trial_;
  typename std::vector<AnyTrial>::iterator end_;
};

/// Calls `take` with the trial of each row. `trials` and rows are in the order of the numbers; the
/// number is the rows' first column, and ?1 and ?2 are its bounds in the query.
template <typename AnyTrial, typename Take>
void each_row(SqlStatement& query, std::vector<AnyTrial>& trials, Take take) {
  query.bind(1, static_cast<std::int64_t>(trials.front().number));
  query.bind(2, static_cast<std::int64_t>(trials.back().number));
  query.stream();
  InOrder<AnyTrial> of_rows(trials);
  while (query.next()) {
    AnyTrial* trial = of_rows.find(static_cast<std::size_t>(query.integer(0)));
    if (trial != nullptr) take(*trial);
  }
}

/// Reads the points of `trials`, which are in the order of their numbers.
template <typename AnyTrial>
void read_points(SqlDatabase& database, std::vector<AnyTrial>& trials) {
  if (trials.empty()) return;
  Statement query(database,
                  "SELECT number, name, value FROM ocrtune_points WHERE number >= ?1 AND "
                  "number <= ?2 ORDER BY number, place");
  each_row(*query, trials, [&](AnyTrial& trial) {
    trial.point.values.emplace_back(query->text(1), query->real(2));
  });
}

/// Reads the pages of `trials`, which are complete and in the order of their numbers.
void read_results(SqlDatabase& database, const ScoreColumns& scores, std::vector<Trial>& trials,
                  std::size_t page_count) {
  if (trials.empty()) return;
  Statement query(
      database, fmt::format("SELECT number, page, {}{} FROM ocrtune_results WHERE number >= ?1 AND "
                            "number <= ?2 ORDER BY number, page",
                            kTimeColumns, scores.names()));
  each_row(*query, trials, [&](Trial& trial) {
    if (query->integer(1) != static_cast<std::int64_t>(trial.pages.size())) {
      throw Error(Errc::study_error,
                  tr("is damaged: trial {} has no page {}", trial.number, trial.pages.size()));
    }
    trial.pages.push_back(result_at(*query, 2, scores));
  });
  for (const Trial& each : trials) {
    if (each.pages.size() == page_count) continue;
    throw Error(Errc::study_error, tr("is damaged: trial {} has {} of {} pages", each.number,
                                      each.pages.size(), page_count));
  }
}

/// Reads the steps of `trials`, which are complete and in the order of their numbers.
void read_steps_of(SqlDatabase& database, std::vector<Trial>& trials, std::size_t page_count) {
  InOrder<Trial> of_steps(trials);
  const TrialRange range{.first = trials.front().number, .last = trials.back().number};
  read_steps(database, page_count, range,
             [&](std::size_t number, std::size_t page, const StepTiming& step) {
               Trial* trial = of_steps.find(number);
               if (trial != nullptr) trial->pages[page].timings.steps.push_back(step);
             });
}

std::vector<PageRecord> read_pages(SqlDatabase& database, bool held_out) {
  std::vector<PageRecord> records;
  Statement pages(database,
                  "SELECT name, pixels, truth, lang, width, height, dpi, labels, file, "
                  "file_page, truth_file FROM ocrtune_pages WHERE held_out = ? ORDER BY "
                  "page");
  pages->bind(1, held_out ? 1 : 0);
  while (pages->next()) {
    records.push_back({.name = pages->text(0),
                       .pixels = pages->text(1),
                       .truth = pages->text(2),
                       .lang = pages->text(3),
                       .width = pages->number(4),
                       .height = pages->number(5),
                       .dpi = pages->real(6),
                       .labels = labels_from(pages->text(7)),
                       .file = pages->text(8),
                       .file_page = pages->number(9),
                       .truth_file = pages->text(10)});
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

StudyDefinition read_definition(SqlDatabase& database) {
  require_format(database);
  Statement query(database,
                  "SELECT pipeline, seed, objective, psm, oem, ocr_max_width, lang, "
                  "models, program, engine, search FROM ocrtune_study");
  if (!query->next()) throw Error(Errc::study_error, tr("is damaged: it contains no study"));
  StudyDefinition definition{.pipeline = query->text(0),
                             .seed = static_cast<std::uint64_t>(query->integer(1)),
                             .objective = score_named(query->text(2)),
                             .psm = query->number(3),
                             .oem = query->number(4),
                             .ocr_max_width = query->number(5),
                             .lang = query->text(6),
                             .models = query->text(7),
                             .engine = query->text(9),
                             .search = search_from(query->text(10)),
                             .pages = read_pages(database, false),
                             .held_out = read_pages(database, true),
                             .program = query->text(8)};
  require_engines(definition);
  return definition;
}

TrialReader::TrialReader(SqlDatabase& database, std::size_t page_count, TrialSteps steps)
    : database_(database),
      page_count_(page_count),
      steps_(steps),
      scores_(database, kResultsTable),
      last_(std::numeric_limits<std::int64_t>::min()) {}

std::vector<Trial> TrialReader::next(std::size_t most) {
  Statement query(database_,
                  "SELECT number, started_us, finished_us FROM ocrtune_trials WHERE state = "
                  "'complete' AND number > ? ORDER BY number LIMIT ?");
  query->bind(1, last_);
  query->bind(2, most);
  std::vector<Trial> trials = read_heads<Trial>(*query);
  if (trials.empty()) return trials;
  const auto end = static_cast<std::int64_t>(trials.back().number);
  // Else, in a damaged file, it could go on for ever.
  if (end <= last_) throw Error(Errc::study_error, tr("is damaged: its trials are out of order"));
  read_points(database_, trials);
  read_results(database_, scores_, trials, page_count_);
  if (steps_ == TrialSteps::read) read_steps_of(database_, trials, page_count_);
  last_ = end;
  return trials;
}

std::vector<Trial> read_trials_between(SqlDatabase& database, std::size_t first, std::size_t last,
                                       std::size_t page_count) {
  Statement query(database,
                  "SELECT number, started_us, finished_us FROM ocrtune_trials WHERE number >= ? "
                  "AND number <= ? AND state = 'complete' ORDER BY number");
  query->bind(1, static_cast<std::int64_t>(first));
  query->bind(2, static_cast<std::int64_t>(last));
  std::vector<Trial> trials = read_heads<Trial>(*query);
  read_points(database, trials);
  read_results(database, ScoreColumns(database, kResultsTable), trials, page_count);
  return trials;
}

std::optional<Trial> read_trial(SqlDatabase& database, std::size_t number, std::size_t page_count,
                                TrialSteps steps) {
  std::vector<Trial> trials = read_trials_between(database, number, number, page_count);
  if (trials.empty()) return std::nullopt;
  if (steps == TrialSteps::read) read_steps_of(database, trials, page_count);
  return std::move(trials.front());
}

std::vector<PrunedTrial> read_pruned(SqlDatabase& database, std::size_t page_count) {
  std::vector<PrunedTrial> trials = read_heads<PrunedTrial>(database, "pruned");
  if (trials.empty()) return trials;
  read_points(database, trials);
  const ScoreColumns scores(database, kResultsTable);
  Statement rows(
      database,
      fmt::format("SELECT number, page, {}{} FROM ocrtune_results WHERE number >= ?1 AND number <= "
                  "?2 AND number IN (SELECT number FROM ocrtune_trials WHERE state = 'pruned') "
                  "ORDER BY number, place",
                  kTimeColumns, scores.names()));
  each_row(*rows, trials, [&](PrunedTrial& trial) {
    const std::int64_t page = rows->integer(1);
    if (page < 0 || page >= static_cast<std::int64_t>(page_count)) {
      throw Error(
          Errc::study_error,
          tr("is damaged: trial {} has a page {} that is not in the study", trial.number, page));
    }
    trial.pages.push_back(static_cast<std::size_t>(page));
    trial.results.push_back(result_at(*rows, 2, scores));
  });
  return trials;
}

std::vector<WrittenTrial> read_written_after(SqlDatabase& database, std::int64_t mark,
                                             std::size_t most) {
  std::vector<WrittenTrial> trials;
  Statement query(database,
                  "SELECT id, number, CASE WHEN state = 'pruned' THEN 1 ELSE 0 END, finished_us "
                  "FROM ocrtune_trials "
                  "WHERE id > ? ORDER BY id LIMIT ?");
  query->bind(1, mark);
  query->bind(2, static_cast<std::int64_t>(most));
  while (query->next()) {
    trials.push_back({.mark = query->integer(0),
                      .number = static_cast<std::size_t>(query->integer(1)),
                      .pruned = query->number(2) != 0,
                      .finished_us = query->integer(3)});
  }
  return trials;
}

TrialCounts read_counts(SqlDatabase& database) {
  Statement query(
      database,
      "SELECT COUNT(*), COUNT(CASE WHEN state = 'pruned' THEN 1 END) FROM ocrtune_trials");
  if (!query->next()) return {};
  const auto all = static_cast<std::size_t>(query->integer(0));
  const auto pruned = static_cast<std::size_t>(query->integer(1));
  return {.finished = all - pruned, .pruned = pruned};
}

}  // namespace ocrtune
