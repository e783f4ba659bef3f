#pragma once

#include <SQLiteCpp/Database.h>

namespace ocrtune {

/// The formats that first had a thing.
inline constexpr int kFormatWithSteps = 2;
inline constexpr int kFormatWithReader = 3;
inline constexpr int kFormatWithSearch = 4;
inline constexpr int kFormatWithQuality = 5;
inline constexpr int kFormatWithNetLegible = 6;
inline constexpr int kFormatWithBow = 7;
inline constexpr int kFormatWithAgreement = 8;  // and with constraints on pages
inline constexpr int kFormatWithFiles = 9;
inline constexpr int kFormatWithCoverage = 10;

/// Version of the study's own tables, 1 to kStudyFormat. Throws Error(study_error), without the
/// file's name, where there is none or it is from a newer program; SQLite::Exception where SQLite
/// fails.
int read_format(SQLite::Database& database);

/// Gives a study of an earlier format what the current one has more. The caller holds the
/// transaction. Errors as read_format.
void raise_format(SQLite::Database& database);

}  // namespace ocrtune
