#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "ocrtune/pipeline/pipeline.h"
#include "ocrtune/workflow/apply.h"
#include "ocrtune/workflow/optimize.h"
#include "ocrtune/workflow/screen.h"
#include "ocrtune/workflow/tune.h"

namespace ocrtune::server {

/// What a run does, with its options.
using RunOptions = std::variant<workflow::TuneOptions, workflow::OptimizeOptions,
                                workflow::ScreenOptions, workflow::ApplyOptions>;

/// The table of what can be stated, pointing into `options`.
workflow::Options options_of(RunOptions& options);

/// What a run is asked to do, each value checked.
struct RunRequest {    // NOLINT(bugprone-exception-escape): json's destructor allocates
  std::string study;   ///< "NAME.db"; of `apply` the one that is applied, or empty
  std::string corpus;  ///< id
  std::optional<Pipeline> pipeline;
  bool best_only = false;  ///< of `apply`: the study's best pipeline instead of its portfolio
  std::string output;      ///< of `apply`: the folder of the texts, below the server's
  RunOptions options;      ///< without files; those the server states
  nlohmann::json json;     ///< as it came

  /// "tune", "optimize", "screen", "apply".
  [[nodiscard]] std::string_view method() const;
  [[nodiscard]] bool applies() const {
    return std::holds_alternative<workflow::ApplyOptions>(options);
  }
  /// What it writes: of `apply` the folder, else the study.
  [[nodiscard]] const std::string& written() const { return applies() ? output : study; }
};

/// RunRequest of web/src/contract/api.ts. Throws HttpError(400) with one line: which field, what is
/// allowed; Error(pipeline_invalid) for the pipeline.
RunRequest parse_run_request(const nlohmann::json& body);

/// Trials (points besides the baseline) that it makes in all; nothing where time alone ends it, or
/// it is no search.
std::optional<std::size_t> trials_of(const RunRequest& request);

/// The time after which it ends, s; null where the method has none such.
std::optional<double>* stated_budget(RunRequest& request);
std::optional<double> budget_of(RunRequest request);

/// The options that a form of the page has, of each method: RunMethods of web/src/contract/api.ts.
nlohmann::json methods_json();

/// Throws HttpError(400) where it isn't a path below a folder: parts as may_be_name has them.
void check_output(std::string_view path);

}  // namespace ocrtune::server
