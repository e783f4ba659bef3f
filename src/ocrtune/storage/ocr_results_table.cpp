#include "ocrtune/storage/ocr_results_table.h"

#include <fmt/format.h>

#include "ocrtune/base/error.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/storage/score_columns.h"

namespace ocrtune {
namespace {

const char* name_of(PagesOfStudy which) {
  return which == PagesOfStudy::tuned ? "confirmation" : "validation";
}

[[noreturn]] void lacks_page(PagesOfStudy which, std::size_t number, std::size_t page) {
  throw Error(Errc::study_error,
              tr("is damaged: the {} of trial {} has no page {}", name_of(which), number, page));
}

}  // namespace

void insert_ocr_results(SqlDatabase& database, PagesOfStudy which, std::size_t number,
                        const std::vector<PageScores>& pages) {
  const ScoreColumns columns(database, "ocrtune_reference_results");
  Statement row(database,
                fmt::format("INSERT INTO ocrtune_reference_results (number, held_out, page{}) "
                            "VALUES (?, ?, ?{}) ON CONFLICT DO NOTHING",
                            columns.names(), columns.placeholders()));
  row->bind(1, static_cast<std::int64_t>(number));
  row->bind(2, which == PagesOfStudy::held_out ? 1 : 0);
  int page = 0;
  for (const PageScores& scores : pages) {
    row->bind(3, page++);
    columns.bind(*row, 4, scores);
    row->run();
  }
}

Confirmations read_ocr_results(SqlDatabase& database, PagesOfStudy which, std::size_t page_count) {
  Confirmations found;
  const ScoreColumns columns(database, "ocrtune_reference_results");
  Statement query(database,
                  fmt::format("SELECT number, page{} FROM ocrtune_reference_results WHERE held_out "
                              "= ? ORDER BY number, page",
                              columns.names()));
  query->bind(1, which == PagesOfStudy::held_out ? 1 : 0);
  while (query->next()) {
    const auto number = static_cast<std::size_t>(query->integer(0));
    std::vector<PageScores>& pages = found[number];
    if (query->integer(1) != static_cast<std::int64_t>(pages.size()))
      lacks_page(which, number, pages.size());
    pages.push_back(columns.read(*query, 2));
  }
  for (const auto& [number, pages] : found) {
    if (pages.size() < page_count) lacks_page(which, number, pages.size());
    if (pages.size() > page_count) {
      throw Error(Errc::study_error, tr("is damaged: the {} of trial {} has {} of {} pages",
                                        name_of(which), number, pages.size(), page_count));
    }
  }
  return found;
}

}  // namespace ocrtune
