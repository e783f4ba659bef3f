#include "ocrtune/server/run_record.h"

#include <fmt/chrono.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <random>
#include <regex>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/json_fields.h"
#include "ocrtune/base/optional_json.h"
#include "ocrtune/base/time.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(ProcessMark, pid, start, boot)
}

namespace ocrtune::server {
namespace fs = std::filesystem;

namespace {

using nlohmann::json;

constexpr int kFormat = 1;
constexpr std::uint64_t kLimit = 16'000'000;
constexpr std::array<std::string_view, 8> kStates{
    "queued", "running", "paused", "cancelling", "cancelled", "interrupted", "failed", "done"};

RunNumbers numbers_of(const json& info) {
  RunNumbers numbers;
  numbers.done = info.at("done");
  numbers.total = optional_at<std::size_t>(info, "total");
  numbers.objective = info.at("objective");
  numbers.baseline = optional_at<double>(info, "baseline");
  numbers.best = optional_at<double>(info, "best");
  numbers.best_number = optional_at<std::size_t>(info, "best_number");
  return numbers;
}

RunRecord record_of(const json& file) {
  const json& info = file.at("run");
  const auto state = std::ranges::find(kStates, info.at("state").get<std::string>());
  if (file.at("format") != kFormat || state == kStates.end())
    throw Error(Errc::study_error, tr("was written by another version of ocrtune"));
  return {.id = info.at("id"),
          .request = parse_run_request(info.at("request")),
          .arguments = file.at("arguments"),
          .models = file.value("models", ""),
          .language = file.at("language"),
          .state = static_cast<RunState>(state - kStates.begin()),
          .started_ms = info.at("started_ms"),
          .queued_us = file.value("queued_us", std::int64_t{0}),
          .ended_ms = optional_at<std::int64_t>(info, "ended_ms"),
          .busy_s = info.at("busy_s"),
          .numbers = numbers_of(info),
          .message = info.at("message"),
          .exit_status = optional_at<int>(info, "exit_status"),
          .log_dropped = file.at("log_dropped"),
          .process = file.at("process").get<ProcessMark>()};
}

}  // namespace

std::string_view state_name(RunState state) { return kStates.at(static_cast<std::size_t>(state)); }

json run_json(const RunRecord& record) {
  const RunNumbers& numbers = record.numbers;
  return {{"id", record.id},
          {"method", record.request.method()},
          {"study", record.request.study},
          {"corpus", record.request.corpus},
          {"state", state_name(record.state)},
          {"command", shell_text(record.arguments)},
          {"started_ms", record.started_ms},
          {"ended_ms", or_null(record.ended_ms)},
          {"busy_s", record.busy_s},
          {"done", numbers.done},
          {"total", or_null(numbers.total)},
          {"rate", or_null(numbers.rate)},
          {"left_s", or_null(numbers.left_s)},
          {"objective", numbers.objective},
          {"baseline", or_null(numbers.baseline)},
          {"best", or_null(numbers.best)},
          {"best_number", or_null(numbers.best_number)},
          {"message", record.message},
          {"exit_status", or_null(record.exit_status)},
          {"request", record.request.json}};
}

ServerEvent run_event(const RunRecord& record) {
  return {.name = "run",
          .key = record.id,
          .data = run_json(record).dump(-1, ' ', false, json::error_handler_t::replace)};
}

void save_run(const RunRecord& record, const fs::path& folder) {
  const json file{{"format", kFormat},
                  {"run", run_json(record)},
                  {"arguments", record.arguments},
                  {"models", record.models},
                  {"language", record.language},
                  {"queued_us", record.queued_us},
                  {"log_dropped", record.log_dropped},
                  {"process", record.process}};
  write_atomically(folder / "run.json",
                   file.dump(1, ' ', false, json::error_handler_t::replace) + "\n");
}

RunRecord load_run(const fs::path& folder) {
  const fs::path path = folder / "run.json";
  const std::string text = read_text(path, kLimit, Errc::study_error);
  try {
    return record_of(parse_json(text));
  } catch (const json::exception&) {
    throw Error(Errc::study_error, tr("{}: is damaged", shown(path)));
  } catch (const Error& error) {
    throw Error(Errc::study_error, fmt::format("{}: {}", shown(path), error.what()));
  }
}

bool is_run_id(const std::string& id) {
  return std::regex_match(id, std::regex("[0-9a-f]{8}-[0-9a-f]{6}-[0-9a-f]{6}"));
}

std::string new_run_id() {
  std::random_device random;
  return fmt::format("{:%Y%m%d-%H%M%S}-{:06x}", fmt::gmtime(now_us() / 1'000'000),
                     random() & 0xffffffU);
}

}  // namespace ocrtune::server
