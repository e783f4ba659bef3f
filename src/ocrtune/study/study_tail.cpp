#include "ocrtune/study/study_tail.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"
#include "ocrtune/study/constraint.h"
#include "ocrtune/study/sqlite_columns.h"
#include "ocrtune/study/sqlite_format.h"
#include "ocrtune/study/sqlite_read.h"
#include "ocrtune/study/storage.h"

namespace ocrtune {
namespace fs = std::filesystem;
namespace {

constexpr int kTailBusyMilliseconds = 2000;

/// Runs `action` and turns whatever goes wrong into one line that names the file.
template <typename Action>
auto guarded(const fs::path& file, Action action) -> decltype(action()) {
  try {
    return action();
  } catch (const SQLite::Exception& error) {
    throw Error(Errc::study_error,
                fmt::format("{}: can't be read: {}", shown(file), quotable(error.what())));
  } catch (const nlohmann::json::exception&) {
    throw Error(Errc::study_error,
                fmt::format("{}: is damaged: a label can't be read", shown(file)));
  } catch (const Error& error) {
    throw Error(Errc::study_error, fmt::format("{}: {}", shown(file), error.what()));
  }
}

/// The pages of a trial, in the study's order.
std::vector<PageResult> results_of(SQLite::Database& database, std::int64_t number, int format) {
  std::vector<PageResult> pages;
  SQLite::Statement query(
      database, fmt::format("SELECT {} FROM ocrtune_results WHERE number = ? ORDER BY page",
                            result_columns(format)));
  query.bind(1, number);
  while (query.executeStep()) pages.push_back(result_at(query, 0));
  return pages;
}

struct Row {
  std::int64_t id = 0;
  std::int64_t number = 0;
  std::int64_t finished_us = 0;
  bool pruned = false;
};

/// Trials written after the one of `last_id`: Optuna's ids grow by one with each, pruned or not.
std::vector<Row> rows_after(SQLite::Database& database, std::int64_t last_id, std::size_t most,
                            int format) {
  std::string text =
      "SELECT trial_id, number, finished_us, 0 FROM ocrtune_trials WHERE trial_id > ?1";
  if (format >= kFormatWithSearch)
    text +=
        " UNION ALL SELECT trial_id, number, finished_us, 1 FROM ocrtune_pruned WHERE trial_id > "
        "?1";
  SQLite::Statement query(database, text + " ORDER BY trial_id LIMIT ?2");
  query.bind(1, last_id);
  query.bind(2, static_cast<std::int64_t>(most));
  std::vector<Row> rows;
  while (query.executeStep()) {
    rows.push_back({.id = query.getColumn(0).getInt64(),
                    .number = query.getColumn(1).getInt64(),
                    .finished_us = query.getColumn(2).getInt64(),
                    .pruned = query.getColumn(3).getInt() != 0});
  }
  return rows;
}

SQLite::Database opened(const fs::path& file) {
  return {file.string(), SQLite::OPEN_READONLY, kTailBusyMilliseconds};
}

}  // namespace

StudyTail::StudyTail(fs::path file) : file_(std::move(file)) {}

std::vector<TrialOutcome> StudyTail::next(std::size_t most) {
  if (!study_exists(file_)) return {};
  return guarded(file_, [&] {
    SQLite::Database database = opened(file_);
    const SQLite::Transaction snapshot(database);
    if (!database.tableExists("ocrtune_study"))
      throw Error(Errc::study_error, "is a database of another program, not a study");
    if (!definition_) definition_ = read_definition(database);
    const int format = read_format(database);
    const std::vector<Constraint>& constraints = definition_->search.constraints;
    std::vector<TrialOutcome> outcomes;
    for (const Row& row : rows_after(database, last_id_, most, format)) {
      TrialOutcome outcome{.number = static_cast<std::size_t>(row.number),
                           .value = std::nullopt,
                           .finished_us = row.finished_us,
                           .pruned = row.pruned};
      if (!row.pruned) {
        const std::vector<PageResult> pages = results_of(database, row.number, format);
        if (row.number == 0) baseline_ = pages;
        outcome.value = mean_scores(pages).find(definition_->objective);
        outcome.keeps_constraints = constraints.empty() || baseline_.size() != pages.size() ||
                                    violation(constraints, pages, baseline_) == 0;
      }
      outcomes.push_back(outcome);
      last_id_ = row.id;
    }
    return outcomes;
  });
}

std::optional<Trial> view_trial(const fs::path& file, std::size_t number) {
  return guarded(file, [&]() -> std::optional<Trial> {
    SQLite::Database database = opened(file);
    const SQLite::Transaction snapshot(database);
    SQLite::Statement query(
        database, "SELECT trial_id, started_us, finished_us FROM ocrtune_trials WHERE number = ?");
    query.bind(1, static_cast<std::int64_t>(number));
    if (!query.executeStep()) return std::nullopt;
    Trial trial{
        .number = number,
        .point = {},
        .pages = results_of(database, static_cast<std::int64_t>(number), read_format(database)),
        .started_us = query.getColumn(1).getInt64(),
        .finished_us = query.getColumn(2).getInt64()};
    SQLite::Statement values(
        database,
        "SELECT param_name, param_value FROM trial_params WHERE trial_id = ? ORDER BY param_id");
    values.bind(1, query.getColumn(0).getInt64());
    while (values.executeStep())
      trial.point.values.emplace_back(values.getColumn(0).getString(),
                                      values.getColumn(1).getDouble());
    return trial;
  });
}

TrialCounts count_trials(const fs::path& file) {
  return guarded(file, [&] {
    SQLite::Database database = opened(file);
    const SQLite::Transaction snapshot(database);
    const auto count = [&](const char* table) {
      return static_cast<std::size_t>(
          database.execAndGet(fmt::format("SELECT COUNT(*) FROM {}", table)).getInt64());
    };
    return TrialCounts{
        .finished = count("ocrtune_trials"),
        .pruned = read_format(database) >= kFormatWithSearch ? count("ocrtune_pruned") : 0};
  });
}

}  // namespace ocrtune
