#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/metrics/score.h"

namespace ocrtune {

/// Scores from that number below zero to that above it are read.
inline constexpr std::int64_t kMaxAuditScore = 1'000'000'000;

// Names of the Python design (OCR quality audit), for reading and writing its files.

/// A parameter of one of its pipelines.
struct AuditParameter {
  std::string_view name;       ///< in its result files and in the preset
  std::string_view in_window;  ///< in its window and in the configuration file of a run
  bool kernel = false;  ///< odd kernel size; its window has the range of bases, and the value is 2
                        ///< * base + 1
};

/// One of its pipelines, and the equivalent preset.
struct AuditPipeline {
  std::string_view preset;  ///< name of the preset, and of the pipeline's mode in its files
  std::string_view title;   ///< in its window
  std::vector<AuditParameter> parameters;  ///< parameters in its window, in that order
};

/// A score in its result files.
struct AuditScore {
  Score score;
  std::string_view column;
};

/// Column of a point's number in its result files: of a screening, and of an optimization.
inline constexpr std::string_view kAuditPoint = "point_id";
inline constexpr std::string_view kAuditTrial = "trial_id";

/// Column of a point's mean confidence minus the baseline's.
inline constexpr std::string_view kAuditDelta = "score_tesseract_delta";

/// A parameter of `standard` that is not in its window but in its other files, for every pipeline.
inline constexpr std::string_view kAuditDilations = "dilate_iter";

/// In the configuration file of a run: the names of the rows that are read.
inline constexpr std::string_view kAuditInfo = "Info";
inline constexpr std::string_view kAuditRange = "Range";
inline constexpr std::string_view kAuditFixed = "Fixed";
inline constexpr std::string_view kAuditBaseline = "Baseline";
inline constexpr std::string_view kAuditMode = "Pipeline Mode";
inline constexpr std::string_view kAuditAlgorithm = "Algorithm";
inline constexpr std::string_view kAuditScreening = "Sobol Screening";
inline constexpr std::string_view kAuditPoints = "N Points";
inline constexpr std::string_view kAuditTimestamp = "Timestamp";
inline constexpr std::string_view kAuditMean = "Mean Score";
inline constexpr std::string_view kAuditLeast = "Min Score";
inline constexpr std::string_view kAuditGreatest = "Max Score";
inline constexpr std::string_view kAuditImages = "N Images";

/// The columns of its log of times, in their order.
inline constexpr std::array<std::string_view, 11> kAuditTimeColumns{
    "timestamp",       "point_id",           "image_id",           "temps_total_ms",
    "temps_cuda_ms",   "temps_tesseract_ms", "temps_sharpness_ms", "temps_contrast_ms",
    "score_tesseract", "score_sharpness",    "score_contrast"};

/// Its pipelines, `standard` first. Thread-safe, as are the following.
const std::vector<AuditPipeline>& audit_pipelines();

/// The pipeline with the preset `name`; nullptr if there is none.
const AuditPipeline* find_audit_pipeline(std::string_view name);

/// Its scores of images and texts, in column order; the newest files have a CNR, older ones the
/// contrast in its place.
const std::vector<AuditScore>& audit_scores();

/// The name of a run's configuration file: "screening_standard_config.csv" for
/// "screening_standard.csv".
std::string audit_configuration_name(std::string_view results);

/// The score of a column, whose name has no "score_" in some files; nothing for other columns.
std::optional<Score> audit_score_named(std::string_view column);

/// True for the column of the delta, with or without "score_".
bool is_audit_delta(std::string_view column);

}  // namespace ocrtune
