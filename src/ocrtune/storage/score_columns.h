#pragma once

#include <string>
#include <vector>

#include "ocrtune/storage/sql.h"
#include "ocrtune/study/trial.h"

namespace ocrtune {

/// The score columns of a table, for the names, placeholders and values of a statement. `table`:
/// "ocrtune_results", which has times too, or "ocrtune_reference_results".
class ScoreColumns {
 public:
  /// The declared scores that `table` has.
  ScoreColumns(SqlDatabase& database, const std::string& table);

  /// `, "confidence", …`.
  [[nodiscard]] std::string names() const;

  /// `, ?, …`, one for each column.
  [[nodiscard]] std::string placeholders() const;

  /// Binds the scores; `first` is the index of the first one.
  void bind(SqlStatement& statement, int first, const PageScores& scores) const;
  [[nodiscard]] PageScores read(SqlStatement& query, int first) const;

 private:
  std::vector<Score> scores_;
};

/// The other columns of a page's result in `ocrtune_results`: times and the reason of a failure.
inline constexpr const char* kTimeColumns = "started_us, total_ms, preprocess_ms, ocr_ms, failure";
inline constexpr int kTimeColumnCount = 5;

/// Binds the times; `first` is the index of the first one.
void bind_times(SqlStatement& statement, int first, const PageResult& page);

/// Reads a page's result: times from column `first` on, then scores.
PageResult result_at(SqlStatement& query, int first, const ScoreColumns& scores);

/// "?, ?, ?" with `count` question marks.
std::string placeholders(int count);

}  // namespace ocrtune
