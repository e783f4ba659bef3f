#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ocrtune {

/// A point in a file.
struct AuditRecord {
  std::string place;     ///< "line 7", "point 3"
  std::string names_at;  ///< location of its names: "line 1", "point 3"
  /// By the file's own names, in its order, without empty cells of scores.
  std::vector<std::pair<std::string, double>> values;
};

/// Parses the points of the Python design (OCR quality audit): CSV with a header line, or JSON with
/// an object {name: number} or a list of these. `source` is the file's name in messages. Throws
/// Error(input_unreadable) with location and column for values that are not numbers, for more than
/// 100,000 points, and for other texts. Thread-safe.
std::vector<AuditRecord> parse_audit_records(std::string_view text, std::string_view source);

/// A range of a run's configuration file.
struct AuditRange {
  std::string name;  ///< in its window
  double low = 0;    ///< of kernel sizes the base
  double high = 0;   ///< likewise
};

/// The scores of the original images in a run's configuration file, to two decimals.
struct AuditBaseline {
  std::optional<double> mean;      ///< of all images
  std::optional<double> least;     ///< of an image
  std::optional<double> greatest;  ///< of an image
  std::size_t images = 0;          ///< their number; 0: unknown
};

/// A run's configuration file, as far as it has these.
struct AuditConfiguration {
  std::string mode;                                   ///< "standard"; empty if not given
  std::string algorithm;                              ///< "Sobol Screening"; empty if not given
  std::size_t points = 0;                             ///< planned ones; 0 if not given
  std::string timestamp;                              ///< "20251204_214825"; empty if not given
  std::vector<AuditRange> ranges;                     ///< of the searched parameters
  std::vector<std::pair<std::string, double>> fixed;  ///< by the names in its window
  AuditBaseline baseline;                             ///< of the original images
};

/// Which rows of a configuration are parsed: those that say what the points are, its mode and the
/// fixed values, or all.
enum class ConfigurationRows : bool { of_points, all };

/// Parses a file such as NAME_config.csv; ignores rows of other kinds. Throws as
/// parse_audit_records.
AuditConfiguration parse_audit_configuration(std::string_view text, std::string_view source,
                                             ConfigurationRows rows);

}  // namespace ocrtune
