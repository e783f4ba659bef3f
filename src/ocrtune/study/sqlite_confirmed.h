#pragma once

#include <SQLiteCpp/Database.h>

#include <cstddef>
#include <vector>

#include "ocrtune/study/trial.h"

namespace ocrtune {

/// The rows of a trial's confirmation; nothing where it has them. The caller holds the transaction.
void insert_confirmation(SQLite::Database& database, std::size_t number,
                         const std::vector<PageScores>& pages);

/// All confirmations. Throws Error(study_error), without the file's name, where one hasn't
/// `page_count` pages; SQLite::Exception where SQLite fails.
Confirmations read_confirmations(SQLite::Database& database, std::size_t page_count);

}  // namespace ocrtune
