#include "ocrtune/study/sqlite_readings.h"

#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>

#include "ocrtune/base/error.h"
#include "ocrtune/study/sqlite_columns.h"
#include "ocrtune/study/sqlite_format.h"

namespace ocrtune {
namespace {

[[noreturn]] void lacks_page(const SecondReadings& readings, std::size_t number, std::size_t page) {
  throw Error(Errc::study_error, fmt::format("is damaged: the {} of trial {} lacks page {}",
                                             readings.name, number, page));
}

}  // namespace

const SecondReadings kConfirmed{
    .table = "ocrtune_confirmed", .name = "confirmation", .first_format = kFormatWithReader};
const SecondReadings kValidated{
    .table = "ocrtune_validated", .name = "validation", .first_format = kFormatWithSearch};

void insert_readings(SQLite::Database& database, const SecondReadings& readings, std::size_t number,
                     const std::vector<PageScores>& pages) {
  SQLite::Statement row(
      database,
      fmt::format("INSERT OR IGNORE INTO {} (number, page, {}) VALUES ({})", readings.table,
                  score_columns(kStudyFormat), placeholders(2 + kScoreColumns)));
  row.bind(1, static_cast<std::int64_t>(number));
  int page = 0;
  for (const PageScores& scores : pages) {
    row.bind(2, page++);
    bind_scores(row, 3, scores);
    row.exec();
    row.reset();
  }
}

Confirmations read_readings(SQLite::Database& database, const SecondReadings& readings,
                            std::size_t page_count) {
  Confirmations found;
  const int format = read_format(database);
  if (format < readings.first_format) return found;
  SQLite::Statement query(database,
                          fmt::format("SELECT number, page, {} FROM {} ORDER BY number, page",
                                      score_columns(format), readings.table));
  while (query.executeStep()) {
    const auto number = static_cast<std::size_t>(query.getColumn(0).getInt64());
    std::vector<PageScores>& pages = found[number];
    if (query.getColumn(1).getInt64() != static_cast<std::int64_t>(pages.size()))
      lacks_page(readings, number, pages.size());
    pages.push_back(scores_at(query, 2));
  }
  for (const auto& [number, pages] : found) {
    if (pages.size() < page_count) lacks_page(readings, number, pages.size());
    if (pages.size() > page_count) {
      throw Error(Errc::study_error,
                  fmt::format("is damaged: the {} of trial {} has {} of {} pages", readings.name,
                              number, pages.size(), page_count));
    }
  }
  return found;
}

}  // namespace ocrtune
