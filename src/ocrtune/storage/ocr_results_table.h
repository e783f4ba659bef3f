#pragma once

#include <cstddef>
#include <vector>

#include "ocrtune/storage/sql.h"
#include "ocrtune/storage/storage.h"
#include "ocrtune/study/trial.h"

namespace ocrtune {

/// Inserts Tesseract's scores of a trial that was recognized again, unless it has some already. The
/// caller holds the transaction.
void insert_ocr_results(SqlDatabase& database, PagesOfStudy which, std::size_t number,
                        const std::vector<PageScores>& pages);

/// All rows, by trial. Throws Error(study_error), without the study's name, if a trial does not
/// have `page_count` pages, or if the database fails.
Confirmations read_ocr_results(SqlDatabase& database, PagesOfStudy which, std::size_t page_count);

}  // namespace ocrtune
