#pragma once

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <string>
#include <vector>

#include "ocrtune/study/trial.h"

namespace ocrtune {

/// The columns of a table that has scores, as a statement names, binds and reads them. `table`:
/// "ocrtune_results", which has times too, or "ocrtune_readings".
class ScoreColumns {
 public:
  /// The scores that are declared and that `table` has.
  ScoreColumns(SQLite::Database& database, const std::string& table);

  /// `, "confidence", …`.
  [[nodiscard]] std::string names() const;

  /// `, ?, …`, as many.
  [[nodiscard]] std::string placeholders() const;

  /// The first one is `first`.
  void bind(SQLite::Statement& statement, int first, const PageScores& scores) const;
  [[nodiscard]] PageScores read(SQLite::Statement& query, int first) const;

 private:
  std::vector<Score> scores_;
};

/// The other columns of a page's result in `ocrtune_results`: times and why it failed.
inline constexpr const char* kTimeColumns =
    "started_us, total_ms, preprocess_ms, ocr_ms, sharpness_ms, contrast_ms, cnr_ms, failure";
inline constexpr int kTimeColumnCount = 8;

/// The first one is `first`.
void bind_times(SQLite::Statement& statement, int first, const PageResult& page);

/// A page's result: its times from `first` on, then its scores.
PageResult result_at(SQLite::Statement& query, int first, const ScoreColumns& scores);

/// "?, ?, ?", `count` of them.
std::string placeholders(int count);

}  // namespace ocrtune
