#pragma once

#include <filesystem>
#include <string>

#include "ocrtune/study/sqlite_schema.h"
#include "support/sql.h"

namespace ocrtune::test {

/// Leaves a study as an ocrtune of an earlier format would have: 1 to 9.
inline void make_format(const std::filesystem::path& study, int format) {
  std::string change;
  for (const std::string table : {"results", "pruned_results", "confirmed", "validated"}) {
    for (const QualityColumn& column : kQualityColumns) {
      if (column.first_format > format)
        change += "ALTER TABLE ocrtune_" + table + " DROP COLUMN " + column.name + ";";
    }
  }
  if (format < 9) {
    for (const std::string table : {"pages", "held_out"}) {
      for (const char* column : {"file", "file_page", "truth_file"})
        change += "ALTER TABLE ocrtune_" + table + " DROP COLUMN " + column + ";";
    }
  }
  if (format < 4)
    change +=
        "DROP TABLE ocrtune_pruned; DROP TABLE ocrtune_pruned_results;"
        "DROP TABLE ocrtune_held_out; DROP TABLE ocrtune_validated;"
        "ALTER TABLE ocrtune_study DROP COLUMN search;"
        "ALTER TABLE ocrtune_results DROP COLUMN work_ms;";
  if (format < 3)
    change += "DROP TABLE ocrtune_confirmed; ALTER TABLE ocrtune_study DROP COLUMN reader;";
  if (format < 2) change += "DROP TABLE ocrtune_steps;";
  run_sql(study, change + "UPDATE ocrtune_study SET format = " + std::to_string(format));
}

}  // namespace ocrtune::test
