#include "ocrtune/study/sqlite_format.h"

#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/study/sqlite_schema.h"

namespace ocrtune {

int read_format(SQLite::Database& database) {
  SQLite::Statement query(database, "SELECT format, program FROM ocrtune_study");
  if (!query.executeStep()) {
    throw Error(Errc::study_error, "is damaged: it has no study");
  }
  const std::int64_t format = query.getColumn(0).getInt64();
  if (format > kStudyFormat) {
    throw Error(Errc::study_error, fmt::format("was made by a newer ocrtune ({})",
                                               quotable(query.getColumn(1).getString())));
  }
  if (format < 1) {
    throw Error(Errc::study_error, fmt::format("is damaged: its format is {}", format));
  }
  return static_cast<int>(format);
}

void raise_format(SQLite::Database& database) {
  const int format = read_format(database);
  if (format == kStudyFormat) return;
  if (format < kFormatWithSteps) database.exec(kStepsSchema);
  if (format < kFormatWithReader) {
    database.exec(kReaderColumn);
    database.exec(kConfirmedSchema);
  }
  if (format < kFormatWithSearch) {
    database.exec(kSearchColumns);
    database.exec(kSearchSchema);
  }
  if (format < kFormatWithFiles) database.exec(kFileColumns);
  database.exec(quality_columns_since(format));
  SQLite::Statement row(database, "UPDATE ocrtune_study SET format = ?");
  row.bind(1, kStudyFormat);
  row.exec();
}

}  // namespace ocrtune
