#pragma once

#include <array>
#include <string>

namespace ocrtune {

/// Version of our own tables; a study with a higher one was made by a newer program.
inline constexpr int kStudyFormat = 10;

/// DDL of our own tables, which stand beside Optuna's: the study's definition, its pages, and every
/// trial's result on every page.
extern const char* const kOwnSchema;

/// DDL that makes ocrtune_study of format 2 that of format 3: it says who reads.
extern const char* const kReaderColumn;

/// DDL that makes the tables of format 3 those of format 4: how points are chosen, and how long the
/// work on a page takes.
extern const char* const kSearchColumns;

/// DDL of what format 4 has more than format 3: trials that were stopped early, and the pages that
/// were held out, with what the best trials gave on them.
extern const char* const kSearchSchema;

/// DDL that makes the tables of pages of format 8 those of format 9: where their files are.
extern const char* const kFileColumns;

/// What can be told of a reading without truth, which formats got one after the other.
struct QualityColumn {
  const char* name;
  int first_format;
};
extern const std::array<QualityColumn, 8> kQualityColumns;

/// DDL of those that `format` lacks, wherever a page's scores are.
std::string quality_columns_since(int format);

/// DDL of what format 3 has more than format 2: stock Tesseract's scores of what is recommended.
extern const char* const kConfirmedSchema;

/// DDL of what format 2 has more than format 1: every step of every trial on every page.
extern const char* const kStepsSchema;

}  // namespace ocrtune
