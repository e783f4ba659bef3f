#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "ocrtune/base/error.h"
#include "ocrtune/report/page_choice.h"
#include "ocrtune/report/summary.h"
#include "ocrtune/workflow/study_options.h"

namespace ocrtune::workflow {

/// What `tune` is asked for.
struct TuneOptions {
  StudyOptions study;                ///< what every study has
  std::string output = "best.toml";  ///< the pipeline file
  std::optional<double> budget;      ///< s
  /// In the study in all, earlier ones included; none: 120, or no bound where `budget` is stated.
  std::optional<std::size_t> trials;
  /// Trials asked for before earlier ones are told; none: by pages and cores.
  std::optional<std::size_t> in_flight;
  /// Pages the settings are proved on; none: a quarter, at most 20.
  std::optional<std::size_t> hold_out;
  /// Points to begin with: pipelines, presets, studies or JSON lists.
  std::vector<std::string> enqueue;
  std::optional<std::string> report;  ///< HTML file; none: beside the pipeline file
  bool no_report = false;             ///< no report is written
  bool single = false;                ///< one pipeline for all pages is wanted, and no portfolio

  /// "best.portfolio.toml"; none where one pipeline is all that is wanted, or beside a pipe.
  [[nodiscard]] std::optional<std::filesystem::path> portfolio_file() const;

  /// "best.report.html"; none where none is wanted, or where this program can't make one and none
  /// was asked for.
  [[nodiscard]] std::optional<std::filesystem::path> report_file() const;

  /// Trials it makes at most; nothing where time alone ends it.
  [[nodiscard]] std::optional<std::size_t> most_trials() const;
};

/// The options of `tune`; they point into `options`, which must outlive them.
Options options_of(TuneOptions& options);

/// What was found and written.
struct Tuned {
  Summary summary;                    ///< of the study, with the proof on pages held out
  std::optional<PageChoice> by_page;  ///< nothing where one pipeline was wanted
  /// Where it was written; nothing where it wasn't wanted.
  std::optional<std::filesystem::path> portfolio_file;
  /// Where it was written; nothing where there is none.
  std::optional<std::filesystem::path> report_file;
  std::optional<Errc> report_error = {};  ///< why one that was wanted isn't there
};

/// What `tune` did.
struct TuneResult {
  std::optional<Tuned> found;  ///< nothing where it was stopped before the end of the search
  std::size_t left_out = 0;    ///< inputs that couldn't be read
};

/// Finds the settings that read the pages best, proves them on pages held out, and writes the
/// pipeline file, the portfolio and the report. What is finished is kept in the study's file; the
/// same options go on with it. Throws Error.
TuneResult tune(const TuneOptions& options, const Events& events);

}  // namespace ocrtune::workflow
