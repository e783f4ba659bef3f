#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/storage/storage.h"

namespace ocrtune {

/// A row of the Python design's log of times: an image at a point. Times in ms.
struct AuditTime {
  std::int64_t started_us = 0;       ///< microseconds since 1970, UTC
  std::size_t point = 0;             ///< number of the point; 0 in optimizations
  std::size_t image = 0;             ///< index of the image, from 0
  double total_ms = 0;               ///< of the image
  double preprocess_ms = 0;          ///< of its pipeline, on any device
  double ocr_ms = 0;                 ///< of Tesseract
  double sharpness_ms = 0;           ///< of sharpness and CNR
  double contrast_ms = 0;            ///< of contrast
  std::optional<double> confidence;  ///< to two decimals, like the others
  std::optional<double> sharpness;   ///< variance of the Laplacian
  /// Contrast; the CNR in the newest version of the Python program.
  std::optional<double> contrast;
};

/// Parses a log of times: CSV with the header of timing_log_TIME.csv. `source` is the file's name
/// in messages. Throws Error(input_unreadable) with line and column. Thread-safe.
std::vector<AuditTime> parse_audit_times(std::string_view text, std::string_view source);

/// Reads such a file. Throws as parse_audit_times.
std::vector<AuditTime> read_audit_times(const std::filesystem::path& file);

/// The steps and times of an image as a study has them.
PageTimings timings_of(const AuditTime& time);

/// The times of a study without its scores.
struct TimedTrials {
  StudyDefinition definition;  ///< its pages; its pipeline has no stages
  std::vector<Trial> trials;   ///< by number, with the steps of all pages
};

/// The trials of a log. Points that lack an image are left out. Throws Error(input_unreadable) if
/// none is left; `source` as in parse_audit_times.
TimedTrials trials_of(const std::vector<AuditTime>& times, std::string_view source);

/// The name of an image of which only its index is known: "image 1" for 0.
std::string audit_image_name(std::size_t image);

/// The digits of a local time to the second, as in names of files: "20251204_224825". Thread-safe.
std::string audit_stamp(std::int64_t microseconds);

/// The time in "2025-12-04 22:48:25.123" or "20251204_224825", local time, in microseconds since
/// 1970; nothing for other texts. Thread-safe.
std::optional<std::int64_t> local_time_us(std::string_view text);

}  // namespace ocrtune
