#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/metrics/score.h"
#include "ocrtune/options/options.h"

namespace ocrtune::workflow {

/// Maximum number of objectives of a study.
inline constexpr std::size_t kMaxObjectives = 8;

/// Common options of `tune`, `screen` and `optimize`, which create or resume a study.
struct StudyOptions {
  PagesOptions pages;                    ///< pages for the evaluation of points
  OcrOptions ocr;                        ///< OCR settings
  PipelineOptions pipeline;              ///< pipeline to search
  WorkOptions work;                      ///< threads and memory
  DeviceOptions devices;                 ///< for stages and engines
  std::string study = "ocrtune.db";      ///< the study's file
  std::optional<std::size_t> seed;       ///< random seed; empty: the study's, or 1 for a new one
  std::vector<std::string> objectives;   ///< names, the main objective first
  std::vector<std::string> constraints;  ///< in the notation of parse_constraint()
  /// Further OCR engine for the pages' references, or "none"; empty: the study's, or none for a new
  /// one.
  std::optional<std::string> reference_engine;
};

/// Defaults of a new study.
struct StudyDefaults {
  std::string pipeline = "standard";    ///< a preset's name
  Score objective = Score::confidence;  ///< the objective
  std::size_t models = 1;               ///< that a worker has of Tesseract
  std::set<std::string> engines;        ///< that it runs besides, where they are installed
};

/// `max_objectives`: maximum number of objectives.
Options options_of(StudyOptions& options, const StudyDefaults& usual, std::size_t max_objectives);

/// "none", in --reference-engine.
inline constexpr std::string_view kNoReferenceEngine = "none";

/// --sampler, for workflows whose caller chooses it; `usual` describes the default.
Option sampler_option(std::optional<std::string>& sampler, const std::string& usual);

/// --starts, of local samplers.
Option starts_option(std::optional<std::size_t>& starts);

/// --constraint, for workflows that recommend a point.
Option constraint_option(StudyOptions& options);

}  // namespace ocrtune::workflow
