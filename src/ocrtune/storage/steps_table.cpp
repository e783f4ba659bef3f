#include "ocrtune/storage/steps_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>

#include "ocrtune/base/error.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {
namespace {

constexpr std::size_t kLongestStepName = 100;

constexpr const char* kMeasured = "measured";

[[noreturn]] void damaged(const std::string& how) {
  throw Error(Errc::study_error, tr("is damaged: ") + how);
}

/// Names are used in column names of CSV files and in lists separated by spaces.
bool is_step_name(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

/// Position of a row in the table.
struct Position {
  std::int64_t number = -1;
  std::int64_t page = 0;
  std::int64_t place = 0;
};

/// Checks that positions have no gaps: a trial has steps on all pages.
class Sequence {
 public:
  explicit Sequence(std::size_t page_count) : page_count_(static_cast<std::int64_t>(page_count)) {}

  void add(const Position& next) {
    if (next.number < at_.number) damaged(tr("its steps are out of order"));
    const bool same_trial = next.number == at_.number;
    if (same_trial && next.page == at_.page && next.place == at_.place + 1) {
      at_.place = next.place;
      return;
    }
    const bool same_page = same_trial && next.page == at_.page;
    if (same_page) lacks(at_.number, at_.page);
    if (!same_trial) end();
    const std::int64_t expected = same_trial ? at_.page + 1 : 0;
    if (next.page != expected) lacks(next.number, expected);
    if (next.place != 0) lacks(next.number, next.page);
    at_ = next;
  }

  /// Ends the trial of the last position.
  void end() const {
    if (at_.number >= 0 && at_.page + 1 < page_count_) lacks(at_.number, at_.page + 1);
  }

 private:
  [[noreturn]] static void lacks(std::int64_t number, std::int64_t page) {
    damaged(tr("trial {} has no steps on page {}", number, page));
  }

  std::int64_t page_count_;
  Position at_;
};

/// A whole number of at least 0.
std::optional<std::int64_t> count_at(const SqlStatement& row, int column) {
  if (row.type(column) != SqlType::integer || row.integer(column) < 0) return std::nullopt;
  return row.integer(column);
}

Position position_of(const SqlStatement& row, std::int64_t page_count) {
  const auto number = count_at(row, 0);
  const auto page = count_at(row, 1);
  const auto place = count_at(row, 2);
  if (!number || !page || *page >= page_count || !place)
    damaged(tr("a step belongs to no trial, or to no page"));
  return {*number, *page, *place};
}

void read_step(const SqlStatement& row, const Position& position, StepTiming& step) {
  const SqlType ms = row.type(4);
  const auto cached = count_at(row, 5);
  bool right = row.type(3) == SqlType::text && (ms == SqlType::real || ms == SqlType::integer) &&
               cached && *cached <= 1;
  if (right) {
    // The length first, so that a huge text is never copied.
    const std::string_view name = row.view(3);
    step.ms = row.real(4);
    step.cached = *cached == 1;
    right = name.size() <= kLongestStepName && is_step_name(name) && std::isfinite(step.ms) &&
            step.ms >= 0;
    if (right) step.name.assign(name);
  }
  step.measured.reset();
  if (const SqlType measured = row.type(6); measured != SqlType::null) {
    right = right && (measured == SqlType::real || measured == SqlType::integer);
    if (right) step.measured = row.real(6);
    right = right && std::isfinite(*step.measured);
  }
  if (right) return;
  damaged(tr("step {} of trial {} on page {} can't be read", position.place, position.number,
             position.page));
}

}  // namespace

bool has_measured_column(SqlDatabase& database) {
  return database.columns_of("ocrtune_steps").contains(kMeasured);
}

void add_measured_column(SqlDatabase& database) {
  if (has_measured_column(database)) return;
  database.execute(
      fmt::format("ALTER TABLE ocrtune_steps ADD COLUMN {} DOUBLE PRECISION", kMeasured));
}

void insert_steps(SqlDatabase& database, const Trial& trial) {
  const bool all = std::ranges::none_of(
      trial.pages, [](const PageResult& page) { return page.timings.steps.empty(); });
  if (!all) return;
  Statement row(database,
                "INSERT INTO ocrtune_steps (number, page, place, name, ms, cached, measured) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)");
  row->bind(1, static_cast<std::int64_t>(trial.number));
  int page = 0;
  for (const PageResult& result : trial.pages) {
    row->bind(2, page++);
    int place = 0;
    for (const StepTiming& step : result.timings.steps) {
      row->bind(3, place++);
      row->bind(4, step.name);
      // A clock that was set back gives a negative time, which would look like damage when read.
      row->bind(5, std::max(0.0, step.ms));
      row->bind(6, step.cached ? 1 : 0);
      if (step.measured) {
        row->bind(7, *step.measured);
      } else {
        row->bind_null(7);
      }
      row->run();
    }
  }
}

void read_steps(SqlDatabase& database, std::size_t page_count,
                const std::optional<TrialRange>& range, const StepVisitor& visit) {
  constexpr const char* kSteps =
      "SELECT number, page, place, name, ms, cached, {} FROM ocrtune_steps "
      "ORDER BY number, page, place";
  constexpr const char* kStepsOfRange =
      "SELECT number, page, place, name, ms, cached, {} FROM ocrtune_steps "
      "WHERE number >= ? AND number <= ? ORDER BY number, page, place";
  Statement row(database, fmt::format(fmt::runtime(range ? kStepsOfRange : kSteps),
                                      has_measured_column(database) ? kMeasured : "NULL"));
  if (range) {
    row->bind(1, range->first);
    row->bind(2, range->last);
  }
  row->stream();
  Sequence sequence(page_count);
  StepTiming step;
  while (row->next()) {
    const Position position = position_of(*row, static_cast<std::int64_t>(page_count));
    sequence.add(position);
    read_step(*row, position, step);
    visit(static_cast<std::size_t>(position.number), static_cast<std::size_t>(position.page), step);
  }
  sequence.end();
}

}  // namespace ocrtune
