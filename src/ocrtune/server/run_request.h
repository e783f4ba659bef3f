#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "ocrtune/pipeline/pipeline.h"
#include "ocrtune/workflow/apply.h"
#include "ocrtune/workflow/optimize.h"
#include "ocrtune/workflow/screen.h"
#include "ocrtune/workflow/train.h"
#include "ocrtune/workflow/tune.h"

namespace ocrtune::server {

/// The method of a run, with its options.
using RunOptions =
    std::variant<workflow::TuneOptions, workflow::OptimizeOptions, workflow::ScreenOptions,
                 workflow::ApplyOptions, workflow::TrainOptions>;

/// The option table, pointing into `options`.
workflow::Options options_of(RunOptions& options);

/// A validated request for a run.
struct RunRequest {    // NOLINT(bugprone-exception-escape): json's destructor allocates
  std::string study;   ///< "NAME.db"; for `apply`, the study to apply, or empty
  std::string corpus;  ///< id
  std::optional<Pipeline> pipeline;
  bool best_only = false;  ///< for `apply`: the study's best pipeline instead of its recipe
  std::string output;      ///< for `apply` and `train`: the folder of the texts or models, relative
                           ///< to the server's
  std::string models;      ///< the run of `train` whose models are used; empty: the installed ones
  /// For `tune` and `optimize`: files of points to start from, absolute.
  std::vector<std::string> start_from;
  RunOptions options;   ///< without file options, which the server sets
  nlohmann::json json;  ///< as received

  /// "tune", "optimize", "screen", "apply", "train".
  [[nodiscard]] std::string_view method() const;
  [[nodiscard]] bool applies() const {
    return std::holds_alternative<workflow::ApplyOptions>(options);
  }
  [[nodiscard]] bool trains() const {
    return std::holds_alternative<workflow::TrainOptions>(options);
  }
  /// True if trials are stored in a study.
  [[nodiscard]] bool searches() const { return !applies() && !trains(); }
  /// The output: a folder, or the study of a search.
  [[nodiscard]] const std::string& written() const { return searches() ? study : output; }
};

/// Parses run_request of api.schema.json. Throws HttpError(400) with one line that names the
/// field and the allowed values; Error(pipeline_invalid) for the pipeline.
RunRequest parse_run_request(const nlohmann::json& body);

/// The total number of trials (points without the baseline); nothing if only the time is limited,
/// or for `apply` and `train`.
std::optional<std::size_t> trials_of(const RunRequest& request);

/// The time limit, s; null if the method has none.
std::optional<double>* stated_budget(RunRequest& request);
std::optional<double> budget_of(RunRequest request);

/// The options in the forms of the web interface, by method: method_info of api.schema.json.
nlohmann::json methods_json();

/// Throws HttpError(400) if it is not a path below a folder, with components that satisfy
/// may_be_name.
void check_output(std::string_view path);

}  // namespace ocrtune::server
