#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "ocrtune/base/events.h"
#include "ocrtune/options/option.h"
#include "ocrtune/pipeline/space.h"

namespace ocrtune::workflow {

/// Options of `import`.
struct ImportOptions {
  std::string results;              ///< a CSV or JSON file of the Python design (OCR quality audit)
  std::string output;               ///< JSON file of points; empty: none
  std::string study;                ///< new study with the scores; empty: none
  std::vector<std::string> scans;   ///< pages that were evaluated, for the study
  std::optional<std::string> lang;  ///< of these pages
  std::string times;                ///< log of times; empty: that beside `results`
  std::size_t best = 0;             ///< number of best points to write; 0: all
  std::string by = "confidence";    ///< score that ranks the points
  std::string preset;               ///< preset of the parameters; empty: according to the file
};

/// The option table of `import`; it points into `options`, which must outlive it.
Options options_of(ImportOptions& options);

/// Result of `import`.
struct Imported {
  std::string preset;         ///< preset of the points
  std::vector<Point> points;  ///< written points, the best first
  std::size_t rows = 0;       ///< number of points in the file, duplicates included
  std::size_t pages = 0;      ///< of a study
};

/// Converts points of the Python design to a file of points for `score --params` and for
/// `--enqueue` of a search, or makes a study of them as import_study(). Throws
/// Error(input_unreadable) with file, location and column, Error(output_unwritable).
Imported import_points(const ImportOptions& options, const Events& events);

}  // namespace ocrtune::workflow
