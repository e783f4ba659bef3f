#include "ocrtune/server/run_request.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "ocrtune/base/json_fields.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/catalogue/study_files.h"
#include "ocrtune/options/option_json.h"
#include "ocrtune/pipeline/pipeline_form.h"
#include "ocrtune/server/message.h"
#include "ocrtune/study/constraint.h"

namespace ocrtune::server {
namespace {

using nlohmann::json;

constexpr std::size_t kLongestName = 100;
constexpr std::size_t kMaxFilesOfPoints = 20;
/// Of the files that points to start from are in: a table or list of points, a study, a pipeline.
constexpr std::array<std::string_view, 4> kPointExtensions{".csv", ".json", ".db", ".toml"};
constexpr std::array<std::string_view, 5> kMethods{"tune", "optimize", "screen", "apply", "train"};

[[noreturn]] void refuse(const std::string& line) { throw HttpError(400, line); }

RunOptions options_named(std::string_view method) {
  const std::array<RunOptions, kMethods.size()> untouched{
      workflow::TuneOptions{}, workflow::OptimizeOptions{}, workflow::ScreenOptions{},
      workflow::ApplyOptions{}, workflow::TrainOptions{}};
  const auto found = std::ranges::find(kMethods, method);
  if (found == kMethods.end())
    refuse(tr("`method`: unknown method `{}`; available: {}", quotable(method, 60),
              joined(std::vector<std::string>(kMethods.begin(), kMethods.end()))));
  return untouched.at(static_cast<std::size_t>(found - kMethods.begin()));
}

using Trials = std::optional<std::size_t>;
Trials trials_in(const workflow::TuneOptions& options) { return options.max_trials(); }
Trials trials_in(const workflow::OptimizeOptions& options) { return options.trials; }
Trials trials_in(const workflow::ScreenOptions& options) { return options.points(); }
Trials trials_in(const workflow::ApplyOptions& /*options*/) { return std::nullopt; }
Trials trials_in(const workflow::TrainOptions& /*options*/) { return std::nullopt; }

/// Checks of a search's options beyond their own ranges.
void check_search(const RunOptions& options) {
  const auto check = [](const auto& chosen) {
    if constexpr (requires { chosen.study.constraints; }) {
      for (const std::string& text : chosen.study.constraints) (void)parse_constraint(text);
    }
  };
  std::visit(check, options);
}

/// Refuses two options of which one excludes the other.
void check_exclusions(RunOptions given) {
  RunOptions untouched = given;
  std::visit([](auto& chosen) { chosen = {}; }, untouched);
  const workflow::Options options = options_of(given);
  const workflow::Options usual = options_of(untouched);
  const auto is_given = [&](const std::string& name) {
    const auto at = std::ranges::find(options, name, &workflow::Option::name);
    return at != options.end() &&
           values_text(*at) != values_text(usual[static_cast<std::size_t>(at - options.begin())]);
  };
  for (const workflow::Option& option : options) {
    if (!is_given(option.name)) continue;
    const auto other = std::ranges::find_if(option.excludes, is_given);
    if (other == option.excludes.end()) continue;
    refuse(tr("`options.{}`: not together with `{}`", json_name(option), *other));
  }
}

void refuse_field(const RunRequest& request, const char* field, bool is_given) {
  if (is_given) refuse(tr("`{}`: {} has no such field", field, request.method()));
}

void check_start(const RunRequest& request) {
  const bool has_points = std::visit(
      [](const auto& options) {
        return requires { options.enqueue; };
      },
      request.options);
  refuse_field(request, "start_from", !request.start_from.empty() && !has_points);
  for (const std::string& file : request.start_from) {
    const std::string extension = lower_case(std::filesystem::path(file).extension().string());
    if (std::ranges::find(kPointExtensions, extension) == kPointExtensions.end())
      refuse(
          tr("`start_from`: {} must be a file that ends with {}", quotable(file, 200),
             joined(std::vector<std::string>(kPointExtensions.begin(), kPointExtensions.end()))));
  }
}

void check_whole(const RunRequest& request) {
  check_start(request);
  if (request.searches() && !request.study.ends_with(".db"))
    refuse(tr("`study`: must be a file name that ends with .db"));
  if (!request.study.empty()) {
    if (!request.study.ends_with(".db")) refuse(tr("`study`: must end with .db, or be empty"));
    check_study_id(std::string_view(request.study).substr(0, request.study.size() - 3));
  }
  if (request.applies()) {
    check_output(request.output);
    const bool by_effort =
        std::get<workflow::ApplyOptions>(request.options).choice.effort.has_value();
    if (by_effort && (!request.study.empty() || request.pipeline))
      refuse(tr("`options.effort`: takes the place of a study or a pipeline"));
    if (!by_effort && request.study.empty() && !request.pipeline)
      refuse(tr("`pipeline`: apply needs a study, a pipeline or the option effort"));
  } else if (request.trains()) {
    check_output(request.output);
    refuse_field(request, "study", !request.study.empty());
    refuse_field(request, "pipeline", request.pipeline.has_value());
    refuse_field(request, "models", !request.models.empty());
  }
  refuse_field(request, "best_only", request.best_only && !request.applies());
  refuse_field(request, "output", !request.output.empty() && request.searches());
}

}  // namespace

std::string_view RunRequest::method() const { return kMethods.at(options.index()); }

workflow::Options options_of(RunOptions& options) {
  return std::visit([](auto& chosen) { return workflow::options_of(chosen); }, options);
}

RunRequest parse_run_request(const json& body) {
  JsonFields fields(body, "");
  RunRequest request;
  request.options = options_named(fields.text("method", kLongestName));
  request.study = fields.text("study", kLongestName + 3);
  request.corpus = fields.text("corpus", kLongestName);
  if (!fields.absent("pipeline"))
    request.pipeline = parse_pipeline_form(fields.object("pipeline"), "pipeline");
  if (!fields.absent("best_only")) request.best_only = fields.boolean("best_only");
  if (!fields.absent("output")) request.output = fields.text("output");
  if (!fields.absent("models")) request.models = fields.text("models", kLongestName);
  if (!fields.absent("start_from"))
    request.start_from = fields.texts("start_from", kMaxFilesOfPoints);
  read_options(fields.object("options"), options_of(request.options));
  fields.finish();
  check_search(request.options);
  check_exclusions(request.options);
  check_whole(request);
  request.json = body;
  return request;
}

std::optional<std::size_t> trials_of(const RunRequest& request) {
  return std::visit([](const auto& chosen) { return trials_in(chosen); }, request.options);
}

std::optional<double>* stated_budget(RunRequest& request) {
  if (auto* tune = std::get_if<workflow::TuneOptions>(&request.options)) return &tune->budget;
  auto* search = std::get_if<workflow::OptimizeOptions>(&request.options);
  return search != nullptr ? &search->budget : nullptr;
}

std::optional<double> budget_of(RunRequest request) {
  const std::optional<double>* budget = stated_budget(request);
  return budget != nullptr ? *budget : std::nullopt;
}

json methods_json() {
  json methods = json::array();
  for (const std::string_view name : kMethods) {
    RunOptions options = options_named(name);
    methods.push_back({{"name", name}, {"options", options_json(options_of(options))}});
  }
  return methods;
}

void check_output(std::string_view path) {
  if (path.empty()) refuse(tr("`output`: must be a folder"));
  const std::vector<std::string> parts = split(path, '/');
  if (path.size() <= 1000 && std::ranges::all_of(parts, may_be_name)) return;
  refuse(tr(
      "`output`: `{}` is not a path below the folder of the studies, such as texts or 2024/texts",
      quotable(path, 60)));
}

}  // namespace ocrtune::server
