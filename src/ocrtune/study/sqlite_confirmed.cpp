#include "ocrtune/study/sqlite_confirmed.h"

#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>

#include "ocrtune/base/error.h"
#include "ocrtune/study/sqlite_columns.h"
#include "ocrtune/study/sqlite_format.h"

namespace ocrtune {
namespace {

[[noreturn]] void lacks_page(std::size_t number, std::size_t page) {
  throw Error(ExitStatus::study_error,
              fmt::format("is damaged: the confirmation of trial {} lacks page {}", number, page));
}

}  // namespace

void insert_confirmation(SQLite::Database& database, std::size_t number,
                         const std::vector<PageScores>& pages) {
  SQLite::Statement row(
      database, "INSERT OR IGNORE INTO ocrtune_confirmed VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
  row.bind(1, static_cast<std::int64_t>(number));
  int page = 0;
  for (const PageScores& scores : pages) {
    row.bind(2, page++);
    bind_scores(row, 3, scores);
    row.exec();
    row.reset();
  }
}

Confirmations read_confirmations(SQLite::Database& database, std::size_t page_count) {
  Confirmations confirmations;
  if (read_format(database) < kFormatWithReader) return confirmations;
  SQLite::Statement query(database,
                          "SELECT number, page, confidence, words, sharpness, contrast, cnr, cer, "
                          "wer FROM ocrtune_confirmed ORDER BY number, page");
  while (query.executeStep()) {
    const auto number = static_cast<std::size_t>(query.getColumn(0).getInt64());
    std::vector<PageScores>& pages = confirmations[number];
    if (query.getColumn(1).getInt64() != static_cast<std::int64_t>(pages.size()))
      lacks_page(number, pages.size());
    pages.push_back(scores_at(query, 2));
  }
  for (const auto& [number, pages] : confirmations) {
    if (pages.size() < page_count) lacks_page(number, pages.size());
    if (pages.size() > page_count) {
      throw Error(ExitStatus::study_error,
                  fmt::format("is damaged: the confirmation of trial {} has {} of {} pages", number,
                              pages.size(), page_count));
    }
  }
  return confirmations;
}

}  // namespace ocrtune
