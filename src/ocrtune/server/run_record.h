#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/analysis/best_so_far.h"
#include "ocrtune/base/process.h"
#include "ocrtune/server/event_hub.h"
#include "ocrtune/server/run_request.h"

namespace ocrtune::server {

enum class RunState { queued, running, paused, cancelling, cancelled, interrupted, failed, done };

/// "queued", "running" and so on, as in api.schema.json.
std::string_view state_name(RunState state);

/// Progress of a run; for `apply`, `done` counts pages.
struct RunNumbers : BestSoFar {
  std::optional<std::size_t> total;
  std::optional<double> rate;  ///< per minute
  std::optional<double> left_s;
  std::string objective;  ///< empty: none
};

/// The data of a run, stored in its run.json.
struct RunRecord {  // NOLINT(bugprone-exception-escape): json's destructor allocates
  std::string id;
  RunRequest request;
  std::vector<std::string> arguments;  ///< of its command line
  std::string models;    ///< folder of the models that it uses, relative to the server's; or empty
  std::string language;  ///< tag of the language of its messages, "en" or "fr"
  RunState state = RunState::running;
  std::int64_t started_ms = 0;
  std::int64_t queued_us =
      0;  ///< when it was asked to start or resume; waiting ones keep this order
  std::optional<std::int64_t> ended_ms;
  double busy_s = 0;
  RunNumbers numbers;
  std::string message;
  std::optional<int> exit_status;
  std::uint64_t log_dropped = 0;
  ProcessMark process;  ///< while it runs
};

/// run_info of api.schema.json.
nlohmann::json run_json(const RunRecord& record);

/// The event `run`.
ServerEvent run_event(const RunRecord& record);

/// Writes FOLDER/run.json completely and durably. Throws Error(study_error).
void save_run(const RunRecord& record, const std::filesystem::path& folder);

/// Reads the file of save_run. Throws Error with one line if it cannot be read.
RunRecord load_run(const std::filesystem::path& folder);

/// True for an id in the format of new_run_id().
bool is_run_id(const std::string& id);

/// "20261121-215624-3f9a1c": ids sort by the start of their runs.
std::string new_run_id();

}  // namespace ocrtune::server
