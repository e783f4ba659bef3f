#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ocrtune/audit/records.h"
#include "ocrtune/metrics/score.h"
#include "ocrtune/pipeline/space.h"

namespace ocrtune {

/// How to interpret a file of the Python design.
struct AuditInterpretation {
  std::string preset;            ///< "standard" or "blur_clahe"; empty: according to the names in
                                 ///< the file
  Score by = Score::confidence;  ///< score to sort points by, the best first
};

/// Points of a file of the Python design (OCR quality audit), converted to a preset's parameters.
struct AuditResults {
  std::string preset;              ///< preset of the points
  std::vector<Point> points;       ///< without duplicates; the best first if the file has scores
  bool sorted = false;             ///< true if the file has the score
  std::size_t rows = 0;            ///< number of points in the file
  std::vector<std::string> notes;  ///< values that were changed in the conversion
};

/// A row of a file of results.
struct AuditRow {
  std::string place;  ///< "line 7"
  Point point;        ///< in the preset's order, with the fixed values of the configuration
  /// The cells of the row by the file's own names.
  std::vector<std::pair<std::string, double>> values;
};

/// A file of results with all its rows.
struct AuditRun {
  std::string preset;                ///< preset of the points
  std::vector<AuditRow> rows;        ///< in the file's order
  AuditConfiguration configuration;  ///< beside the file; empty if there is none
  std::vector<std::string> notes;    ///< values that were changed in the conversion
};

/// Reads the points of a CSV file of results, or of a JSON file of best parameters. Names become
/// those of the preset, bases of kernels become kernel sizes (2 * base + 1), fractions of integers
/// are truncated; fixed values are taken from the configuration file beside a CSV file. If `by` is
/// the confidence and the file has none, its delta is used. Throws Error(input_unreadable) with
/// file, location and column. Thread-safe.
AuditResults read_audit_results(const std::filesystem::path& file,
                                const AuditInterpretation& ocr_result);

/// Reads a file of results as read_audit_results does, with its scores and configuration.
AuditRun read_audit_run(const std::filesystem::path& file, const std::string& preset);

/// What a name of the Python design means.
struct AuditName {
  std::string name;     ///< in the preset
  bool kernel = false;  ///< odd kernel size
};

/// The parameter of the preset that any file of the Python design calls so; nothing if there is
/// none. Thread-safe.
std::optional<AuditName> audit_name_in(std::string_view preset, std::string_view name);

}  // namespace ocrtune
