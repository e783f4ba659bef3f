#include "ocrtune/storage/recipe_tables.h"

#include "ocrtune/base/error.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {

const char* const kRecipeSchema = R"sql(
CREATE TABLE ocrtune_page_results (
  held_out INTEGER NOT NULL,
  page INTEGER NOT NULL,
  pipeline TEXT NOT NULL,
  by_columns INTEGER NOT NULL,
  result TEXT NOT NULL,
  PRIMARY KEY (held_out, page, pipeline, by_columns)
);

CREATE TABLE ocrtune_verdict (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  verdict TEXT NOT NULL
);
)sql";

namespace {

void bind(Statement& row, const PageResultKey& key) {
  row->bind(1, key.which == PagesOfStudy::held_out ? 1 : 0);
  row->bind(2, key.page);
  row->bind(3, key.pipeline);
  row->bind(4, key.by_columns ? 1 : 0);
}

/// The text of the first row.
std::optional<std::string> text_of(Statement& query) {
  if (!query->next()) return std::nullopt;
  if (query->type(0) != SqlType::text)
    throw Error(Errc::study_error, tr("is damaged: a text of its recipes can't be read"));
  return query->text(0);
}

}  // namespace

bool has_recipe_tables(SqlDatabase& database) {
  return !database.columns_of("ocrtune_page_results").empty();
}

void create_recipe_tables(SqlDatabase& database) { database.create_tables(kRecipeSchema); }

void insert_page_result(SqlDatabase& database, const KeptPageResult& result) {
  Statement row(database,
                "INSERT INTO ocrtune_page_results (held_out, page, pipeline, by_columns, result) "
                "VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING");
  bind(row, result.key);
  row->bind(5, result.text);
  row->run();
}

std::optional<std::string> read_page_result(SqlDatabase& database, const PageResultKey& key) {
  if (!has_recipe_tables(database)) return std::nullopt;
  Statement query(database,
                  "SELECT result FROM ocrtune_page_results WHERE held_out = ? AND page = ? AND "
                  "pipeline = ? AND by_columns = ?");
  bind(query, key);
  return text_of(query);
}

void write_verdict(SqlDatabase& database, const std::string& text) {
  Statement row(database,
                "INSERT INTO ocrtune_verdict (id, verdict) VALUES (1, ?) "
                "ON CONFLICT (id) DO UPDATE SET verdict = excluded.verdict");
  row->bind(1, text);
  row->run();
}

std::optional<std::string> read_verdict(SqlDatabase& database) {
  if (!has_recipe_tables(database)) return std::nullopt;
  Statement query(database, "SELECT verdict FROM ocrtune_verdict WHERE id = 1");
  return text_of(query);
}

}  // namespace ocrtune
