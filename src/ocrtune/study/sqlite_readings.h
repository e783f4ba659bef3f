#pragma once

#include <SQLiteCpp/Database.h>

#include <cstddef>
#include <vector>

#include "ocrtune/study/trial.h"

namespace ocrtune {

/// A table of what trials gave on pages when they were read once more.
struct SecondReadings {
  const char* table;
  const char* name;  ///< what one is called in messages
  int first_format;  ///< that has the table
};

/// Stock Tesseract's readings of the study's pages.
extern const SecondReadings kConfirmed;

/// Readings of the pages that were held out.
extern const SecondReadings kValidated;

/// The rows of a trial; nothing where it has them. The caller holds the transaction.
void insert_readings(SQLite::Database& database, const SecondReadings& readings, std::size_t number,
                     const std::vector<PageScores>& pages);

/// All of them, by trial. Throws Error(study_error), without the file's name, where one hasn't
/// `page_count` pages; SQLite::Exception where SQLite fails.
Confirmations read_readings(SQLite::Database& database, const SecondReadings& readings,
                            std::size_t page_count);

}  // namespace ocrtune
