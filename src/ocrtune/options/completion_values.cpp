#include "ocrtune/options/completion_values.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/devices/devices.h"
#include "ocrtune/metrics/score.h"
#include "ocrtune/ocr/engines/engine_registry.h"
#include "ocrtune/ocr/external/engine_manifest.h"
#include "ocrtune/ocr/languages.h"
#include "ocrtune/options/devices_in_use.h"
#include "ocrtune/pipeline/pipeline_file.h"
#include "ocrtune/pipeline/portfolio.h"
#include "ocrtune/pipeline/presets.h"
#include "ocrtune/search/samplers/pruner_registry.h"
#include "ocrtune/search/samplers/registry.h"
#include "ocrtune/stages/registry.h"
#include "ocrtune/storage/postgresql_studies.h"

namespace ocrtune::workflow {
namespace {

using Values = std::vector<Suggestion>;

void add_all(Values& values, Values more) { std::ranges::move(more, std::back_inserter(values)); }

/// Names of a registry with their summaries.
template <typename Kinds>
Values summarized(const Kinds& kinds) {
  Values values;
  for (const auto& kind : kinds) values.push_back({kind.name, translated(kind.summary)});
  return values;
}

Values preset_values() {
  Values values;
  for (const Preset& preset : all_presets()) {
    const std::string name(preset.name);
    values.push_back({name, translated(parse_pipeline(preset.text, name).description())});
  }
  return values;
}

Values portfolio_values() {
  Values values;
  for (const BuiltInPortfolio& built_in : all_portfolios()) {
    const std::string name(built_in.name);
    values.push_back({name, translated(parse_portfolio(built_in.text, name).description)});
  }
  return values;
}

Values stage_values() {
  Values values = summarized(all_stages());
  values.push_back({"ocr", translated(kOcrSummary)});
  return values;
}

Values score_values() {
  Values values;
  for (const Score score : all_scores())
    values.push_back(
        {std::string(score_name(score)), translated("score", declaration_of(score).title)});
  return values;
}

Values constraint_values() {
  Values values;
  for (const auto& [name, title] : score_values())
    values.push_back({name + (is_minimized(score_named(name)) ? "<=" : ">="), title});
  for (const auto& [name, title] : score_values())
    values.push_back({fmt::format("loss({})<=", name), title});
  return values;
}

Values engine_values() {
  Values values;
  for (const OcrEngine& engine : all_engines())
    values.push_back({engine.name, translated(engine.summary)});
  return values;
}

Values external_engine_values() {
  Values values;
  for (const std::filesystem::path& folder : engine_folders())
    values.push_back({folder.filename().string(), ""});
  return values;
}

Values language_values(const TypedValue& typed) {
  Values values;
  if (typed.text.find('+') == std::string_view::npos)
    values.push_back({std::string(kAutomaticLanguage), tr("that of each page")});
  for (const std::string& language : installed_languages(tessdata_folder(typed.tessdata))) {
    // Detects orientation and script only.
    if (language != "osd") values.push_back({language, ""});
  }
  return values;
}

/// The kinds of devices; the devices themselves take long to find, so they are listed once their
/// kind is typed.
Values device_values(std::string_view text, bool for_stages) {
  Values values{{std::string(kCpuDevice), ""}};
  if (for_stages) values.push_back({std::string(kFastestDevice), tr("the fastest")});
  for (const DeviceKind& kind : device_kinds())
    values.push_back({std::string(kind.name), std::string(kind.title)});
  if (text.find(':') == std::string_view::npos) return values;
  for (const DeviceListing& device : devices()) {
    if (device.has_code) values.push_back({device.info.name, quotable(device.info.description)});
  }
  return values;
}

/// The allowed values of a parameter that has few, else its initial one.
std::vector<std::string> values_of(const Parameter& parameter) {
  if (parameter.type == ParameterType::category) return parameter.choices;
  if (parameter.type == ParameterType::boolean) return {"on", "off"};
  return {value_text(parameter, parameter.initial)};
}

std::vector<std::string> parameters_of(const Pipeline& pipeline) {
  std::vector<std::string> names = pipeline.parameter_names();
  for (const Parameter& parameter : ocr_parameters()) {
    if (std::ranges::find(names, parameter.name) == names.end()) names.push_back(parameter.name);
  }
  return names;
}

std::string range_text(const Parameter& parameter) {
  return fmt::format("{}:{}", value_text(parameter, parameter.low),
                     value_text(parameter, parameter.high));
}

}  // namespace

std::vector<Suggestion> listed_values(Completion kind, const TypedValue& typed) {
  switch (kind) {
    case Completion::language:
      return language_values(typed);
    case Completion::pipeline:
    case Completion::start:
      return preset_values();
    case Completion::portfolio:
      return portfolio_values();
    case Completion::preset: {
      Values values = preset_values();
      add_all(values, portfolio_values());
      return values;
    }
    case Completion::device:
    case Completion::ocr_device:
      return device_values(typed.text, kind == Completion::device);
    case Completion::score:
      return score_values();
    case Completion::constraint:
      return constraint_values();
    case Completion::sampler:
      return summarized(all_samplers());
    case Completion::pruner:
      return summarized(all_pruners());
    case Completion::method: {
      Values values = summarized(all_samplers());
      add_all(values, summarized(all_pruners()));
      return values;
    }
    case Completion::stage:
      return stage_values();
    case Completion::engine:
      return engine_values();
    case Completion::external_engine:
      return external_engine_values();
    default:
      return {};
  }
}

std::vector<Suggestion> parameter_values(const TypedValue& typed, bool ranges) {
  if (typed.pipeline.empty()) return {};
  const Pipeline pipeline = load_pipeline(typed.pipeline);
  Values values;
  const std::size_t equals = typed.text.find('=');
  if (equals == std::string::npos) {
    for (const std::string& name : parameters_of(pipeline)) {
      const std::string help = translated(pipeline.parameter_of(name).help);
      values.push_back({name + "=", help});
      // A range is optional.
      if (ranges) values.push_back({name, help});
    }
    return values;
  }
  const std::string name = typed.text.substr(0, equals);
  const Parameter parameter = pipeline.parameter_of(name);
  const std::vector<std::string> known =
      ranges ? std::vector{range_text(parameter)} : values_of(parameter);
  for (const std::string& value : known)
    values.push_back({fmt::format("{}={}", name, value), allowed_values(parameter)});
  return values;
}

std::vector<Suggestion> studies_on_server(const std::string& text) {
  const std::size_t slash = text.rfind('/');
  const bool has_options = text.find('?') != std::string::npos;
  if (!is_postgresql_address(text) || slash == std::string::npos || has_options) return {};
  const std::string database = text.substr(0, slash);
  const PostgresqlPlace place = postgresql_place_or_database(database);
  // Somebody waits for a key's answer: no longer than libpq's least.
  PostgresqlPlace quick = place;
  quick.connection += "?connect_timeout=2";
  Values values;
  constexpr std::size_t kMax = 1000;
  for (const StudyState& study : PostgresqlStudies(quick).look(kMax))
    values.push_back({address_of_study(place, study.name), ""});
  return values;
}

}  // namespace ocrtune::workflow
