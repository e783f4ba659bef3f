#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "ocrtune/storage/sql.h"
#include "ocrtune/storage/storage.h"

namespace ocrtune {

/// The table of references.
extern const char* const kReferencesSchema;

/// Whether the study has the table of references: studies of ocrtune 0.1.0 have none.
bool has_references_table(SqlDatabase& database);

/// Creates the table of references.
void create_references_table(SqlDatabase& database);

/// Inserts the reference of a page, unless it has one already.
void insert_reference(SqlDatabase& database, PagesOfStudy which, std::size_t page,
                      const std::optional<std::string>& text);

/// The references of a study's pages; none without the table. Throws Error(study_error), without
/// the study's name, for a row that is none of a page, or if the database fails.
KeptReferences read_references(SqlDatabase& database, PagesOfStudy which, std::size_t page_count);

}  // namespace ocrtune
