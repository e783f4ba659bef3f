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

struct TuneOptions {
  StudyOptions study;
  std::string output = "best.toml";
  std::optional<double> budget;  ///< s
  std::optional<std::size_t> trials;
  std::optional<std::size_t> in_flight;
  std::optional<std::size_t> hold_out;
  std::vector<std::string> enqueue;
  std::optional<std::string> report;
  bool no_report = false;
  bool single = false;

  /// "best.portfolio.toml"; none where one pipeline is all that is wanted, or beside a pipe.
  [[nodiscard]] std::optional<std::filesystem::path> portfolio_file() const;

  /// "best.report.html"; none where none is wanted, or where this program can't make one and none
  /// was asked for.
  [[nodiscard]] std::optional<std::filesystem::path> report_file() const;

  /// Trials it makes at most; nothing where time alone ends it.
  [[nodiscard]] std::optional<std::size_t> most_trials() const;
};

Options options_of(TuneOptions& options);

/// What was found and written.
struct Tuned {
  Summary summary;
  std::optional<PageChoice> by_page;  ///< nothing where one pipeline was wanted
  std::optional<std::filesystem::path> portfolio_file;
  std::optional<std::filesystem::path> report_file;
  std::optional<Errc> report_error = {};  ///< why one that was wanted isn't there
};

struct TuneResult {
  std::optional<Tuned> found;  ///< nothing where it was stopped before the end of the search
  std::size_t left_out = 0;    ///< inputs that couldn't be read
};

/// Finds the settings that read the pages best, proves them on pages held out, and writes the
/// pipeline file, the portfolio and the report. What is finished is kept in the study's file; the
/// same options go on with it. Throws Error.
TuneResult tune(const TuneOptions& options, const Events& events);

}  // namespace ocrtune::workflow
