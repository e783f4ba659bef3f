#include "ocrtune/storage/references_table.h"

#include "ocrtune/base/error.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {

const char* const kReferencesSchema = R"sql(
CREATE TABLE ocrtune_references (
  held_out INTEGER NOT NULL,
  page INTEGER NOT NULL,
  text TEXT,
  PRIMARY KEY (held_out, page)
) WITHOUT ROWID;
)sql";

bool has_references_table(SqlDatabase& database) {
  return !database.columns_of("ocrtune_references").empty();
}

void create_references_table(SqlDatabase& database) { database.create_tables(kReferencesSchema); }

void insert_reference(SqlDatabase& database, PagesOfStudy which, std::size_t page,
                      const std::optional<std::string>& text) {
  Statement row(database,
                "INSERT INTO ocrtune_references (held_out, page, text) VALUES (?, ?, ?) "
                "ON CONFLICT DO NOTHING");
  row->bind(1, which == PagesOfStudy::held_out ? 1 : 0);
  row->bind(2, page);
  if (text) {
    row->bind(3, *text);
  } else {
    row->bind_null(3);
  }
  row->run();
}

KeptReferences read_references(SqlDatabase& database, PagesOfStudy which, std::size_t page_count) {
  KeptReferences found;
  if (!has_references_table(database)) return found;
  Statement query(database,
                  "SELECT page, text FROM ocrtune_references WHERE held_out = ? ORDER BY page");
  query->bind(1, which == PagesOfStudy::held_out ? 1 : 0);
  while (query->next()) {
    const std::int64_t page = query->integer(0);
    const bool is_text = query->is_null(1) || query->type(1) == SqlType::text;
    if (page < 0 || page >= static_cast<std::int64_t>(page_count) || !is_text)
      throw Error(Errc::study_error,
                  tr("is damaged: the reference of page {} can't be read", page));
    found[static_cast<std::size_t>(page)] =
        query->is_null(1) ? std::nullopt : std::optional(query->text(1));
  }
  return found;
}

}  // namespace ocrtune
