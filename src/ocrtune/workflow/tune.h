#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ocrtune/analysis/summary.h"
#include "ocrtune/analysis/verdict.h"
#include "ocrtune/base/error.h"
#include "ocrtune/options/study_options.h"

namespace ocrtune::workflow {

struct Trained;

/// Options of `tune`.
struct TuneOptions {
  StudyOptions study;                ///< common options of studies
  std::string output = "best.toml";  ///< the recipe; with `single`, the pipeline
  std::optional<double> budget;      ///< s, for all of it
  /// Total number of trials in the study, including earlier ones; empty: 120, or no limit if
  /// `budget` is given.
  std::optional<std::size_t> trials;
  /// Trials in flight; empty: by pages and cores.
  std::optional<std::size_t> in_flight;
  /// Number of validation pages; empty: a quarter, at most 20.
  std::optional<std::size_t> hold_out;
  /// Initial points: pipelines, presets, studies, CSV files of the Python design or JSON lists.
  std::vector<std::string> enqueue;
  std::optional<std::string> report;  ///< HTML file; empty: beside the output
  bool no_report = false;             ///< write no report
  bool single = false;                ///< one pipeline for all pages instead of a recipe
  bool train = false;                 ///< train models with the tuning pages that have ground truth
  std::string models;                 ///< folder for them; empty: beside the output

  /// The defaults of its study.
  [[nodiscard]] StudyDefaults defaults() const;

  /// "best.report.html"; none if no report is requested, or if this program cannot write one and
  /// none was requested explicitly.
  [[nodiscard]] std::optional<std::filesystem::path> report_file() const;

  /// The folder of models that are trained: "best.models" if none is stated. Nothing if the output
  /// is a pipe.
  [[nodiscard]] std::optional<std::filesystem::path> models_folder() const;

  /// Maximum number of trials; nothing if only the time is limited.
  [[nodiscard]] std::optional<std::size_t> max_trials() const;
};

/// The option table of `tune`; it points into `options`, which must outlive it.
Options options_of(TuneOptions& options);

/// Results and output files.
struct Tuned {
  Summary summary;                         ///< of the study, with the gain on validation pages
  std::optional<Verdict> verdict;          ///< of the recipe; nothing with `single`
  std::shared_ptr<const Trained> trained;  ///< null if no models were trained
  /// Nothing if there is none.
  std::optional<std::filesystem::path> report_file;
  std::optional<Errc> report_error = {};  ///< why a requested report is missing
};

/// Result of `tune`.
struct TuneResult {
  std::optional<Tuned> found;  ///< nothing if it was stopped before the end of the search
  std::size_t left_out = 0;    ///< inputs that could not be read
};

/// Searches for the best parameters, selects the recipe from what they and the engines recognize,
/// judges it on validation pages, and writes the recipe and the report. Finished trials are stored
/// in the study's file; the same options resume it. Throws Error.
TuneResult tune(const TuneOptions& options, const Events& events);

}  // namespace ocrtune::workflow
