#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "ocrtune/storage/sql.h"
#include "ocrtune/storage/storage.h"

namespace ocrtune {

/// The tables of OCR results and of the verdict.
extern const char* const kRecipeSchema;

/// Whether the study has the tables of OCR results and of the verdict: studies of ocrtune 0.1.0
/// have none.
bool has_recipe_tables(SqlDatabase& database);

/// Creates these tables.
void create_recipe_tables(SqlDatabase& database);

/// Inserts an OCR result, unless there is one already.
void insert_page_result(SqlDatabase& database, const KeptPageResult& result);

/// The OCR result; nothing if there is none. Throws Error(study_error), without the study's name,
/// if it is no text, or if the database fails.
std::optional<std::string> read_page_result(SqlDatabase& database, const PageResultKey& key);

/// Replaces the verdict.
void write_verdict(SqlDatabase& database, const std::string& text);

/// The verdict; nothing if there is none. Throws as read_page_result().
std::optional<std::string> read_verdict(SqlDatabase& database);

}  // namespace ocrtune
