#pragma once

#include <cstddef>
#include <vector>

#include "ocrtune/storage/sql.h"
#include "ocrtune/study/trial.h"

namespace ocrtune {

/// Tesseract's scores of trials that were recognized again: on the study's pages, or on the
/// validation pages.
enum class Reread : bool { pages, held_out };

/// Inserts the rows of a trial, unless it has some already. The caller holds the transaction.
void insert_ocr_results(SqlDatabase& database, Reread which, std::size_t number,
                        const std::vector<PageScores>& pages);

/// All rows, by trial. Throws Error(study_error), without the study's name, if a trial does not
/// have `page_count` pages, or if the database fails.
Confirmations read_ocr_results(SqlDatabase& database, Reread which, std::size_t page_count);

}  // namespace ocrtune
