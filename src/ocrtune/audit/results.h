#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

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

/// Reads the points of a CSV file of results, or of a JSON file of best parameters. Names become
/// those of the preset, bases of kernels become kernel sizes (2 * base + 1), fractions of integers
/// are truncated; fixed values are taken from the configuration file beside a CSV file. If `by` is
/// the confidence and the file has none, its delta is used. Throws Error(input_unreadable) with
/// file, location and column. Thread-safe.
AuditResults read_audit_results(const std::filesystem::path& file,
                                const AuditInterpretation& ocr_result);

}  // namespace ocrtune
