#pragma once

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/pipeline/pipeline.h"

namespace ocrtune::server {

enum class RunMethod { tune, optimize, screen, apply };

/// "tune", "optimize", "screen", "apply".
std::string_view method_name(RunMethod method);

/// RunOptions of web/src/contract/api.ts; what is absent is as the command has it.
struct RunOptions {
  std::optional<std::string> sampler;
  std::vector<std::string> objectives;
  std::vector<std::string> constraints;
  std::optional<std::size_t> trials;
  std::optional<int> exponent;
  std::optional<double> budget;  ///< seconds
  std::optional<int> jobs;
  std::optional<std::uint64_t> seed;
  std::optional<int> psm;
  std::optional<std::string> reader;
  std::optional<std::string> device;
  std::optional<std::string> reading_device;
  std::optional<std::size_t> hold_out;
  bool single = false;
  bool vote = false;
  std::vector<std::string> formats;
  std::string output;  ///< below the server's folder

  bool operator==(const RunOptions&) const = default;
};

/// What a run is asked to do, each value checked.
struct RunRequest {  // NOLINT(bugprone-exception-escape): json's destructor allocates
  RunMethod method = RunMethod::tune;
  std::string study;   ///< "NAME.db"; of `apply` the one that is applied, or empty
  std::string corpus;  ///< id
  std::optional<Pipeline> pipeline;
  RunOptions options;
  nlohmann::json json;  ///< as it came
};

/// RunRequest of web/src/contract/api.ts. Throws HttpError(400) with one line: which field, what is
/// allowed; Error(pipeline_invalid) for the pipeline.
RunRequest parse_run_request(const nlohmann::json& body);

/// Trials (points besides the baseline) that it makes in all; nothing where time alone ends it, or
/// it is no search.
std::optional<std::size_t> trials_of(const RunRequest& request);

/// Throws HttpError(400) where `id` isn't a name that a study may have here: what a file may be
/// called, at most 100 bytes, no control characters, neither '/' nor '\\' and neither '.', '-' nor
/// a space at its beginning.
void check_study_id(std::string_view id);

/// Throws HttpError(400) where it isn't a path below a folder: parts as check_study_id has them.
void check_output(std::string_view path);

}  // namespace ocrtune::server
