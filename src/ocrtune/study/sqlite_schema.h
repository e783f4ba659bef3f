#pragma once

namespace ocrtune {

/// Version of our own tables; a study with a higher one was made by a newer program.
inline constexpr int kStudyFormat = 3;

/// DDL of our own tables, which stand beside Optuna's: the study's definition, its pages, and every
/// trial's result on every page.
extern const char* const kOwnSchema;

/// DDL that makes ocrtune_study of format 2 that of format 3: it says who reads.
extern const char* const kReaderColumn;

/// DDL of what format 3 has more than format 2: stock Tesseract's scores of what is recommended.
extern const char* const kConfirmedSchema;

/// DDL of what format 2 has more than format 1: every step of every trial on every page.
extern const char* const kStepsSchema;

}  // namespace ocrtune
