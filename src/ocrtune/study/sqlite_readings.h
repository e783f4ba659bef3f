#pragma once

#include <SQLiteCpp/Database.h>

#include <cstddef>
#include <vector>

#include "ocrtune/study/trial.h"

namespace ocrtune {

/// What stock Tesseract gave where it read trials once more: on the study's pages, or on those that
/// were held out.
enum class Reread : bool { pages, held_out };

/// The rows of a trial; nothing where it has them. The caller holds the transaction.
void insert_readings(SQLite::Database& database, Reread which, std::size_t number,
                     const std::vector<PageScores>& pages);

/// All of them, by trial. Throws Error(study_error), without the file's name, where one hasn't
/// `page_count` pages; SQLite::Exception where SQLite fails.
Confirmations read_readings(SQLite::Database& database, Reread which, std::size_t page_count);

}  // namespace ocrtune
