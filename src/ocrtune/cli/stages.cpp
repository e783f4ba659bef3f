#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "ocrtune/base/translation.h"
#include "ocrtune/cli/add_options.h"
#include "ocrtune/cli/context.h"
#include "ocrtune/cli/help.h"
#include "ocrtune/pipeline/ocr_parameters.h"
#include "ocrtune/stages/registry.h"

namespace ocrtune::cli {
namespace {

nlohmann::json stage_json(const Stage& stage) {
  nlohmann::json parameters = nlohmann::json::array();
  for (const Parameter& p : stage.parameters) {
    parameters.push_back({{"name", p.name},
                          {"type", type_name(p.type)},
                          {"low", p.low},
                          {"high", p.high},
                          {"initial", p.initial},
                          {"min", p.min},
                          {"max", p.max},
                          {"unit", p.unit},
                          {"help", p.help}});
  }
  return {{"name", stage.name},
          {"summary", stage.summary},
          {"cites", stage.cites},
          {"parameters", parameters}};
}

std::string as_text(const Stage& stage) {
  std::string text = fmt::format("{}\n  {}\n", stage.name, translated(stage.summary));
  for (const Parameter& p : stage.parameters) {
    text +=
        tr("  {:<16} {}; searched {} to {}, default {} ({})\n{:19}{}\n", p.name, allowed_values(p),
           p.low, p.high, p.initial, translated(p.unit), "", translated(p.help));
  }
  return text;
}

/// A name that is accepted besides those of stages.
constexpr std::string_view kOcr = "ocr";

/// The settings of [ocr] in the form of a stage.
Stage ocr_as_stage() {
  return {.name = std::string(kOcr),
          .summary = std::string(kOcrSummary),
          .parameters = ocr_parameters()};
}

ExitStatus stages(const std::string& name, const Context& context) {
  std::vector<Stage> shown = all_stages();
  if (name == kOcr) {
    shown = {ocr_as_stage()};
  } else if (!name.empty()) {
    try {
      shown = {stage_named(name)};
    } catch (const Error& error) {
      throw Error(Errc::invalid_argument, error.what());
    }
  }
  nlohmann::json list = nlohmann::json::array();
  std::string text;
  for (const Stage& stage : shown) {
    list.push_back(stage_json(stage));
    text += (text.empty() ? "" : "\n") + as_text(stage);
  }
  if (name.empty()) text += "\n" + as_text(ocr_as_stage());
  context.print(context.json ? json_text(list) : text);
  return ExitStatus::success;
}

}  // namespace

void add_stages(CLI::App& app, Context& context) {
  CLI::App* command =
      add_command(app, context, "stages",
                  tr("List the preprocessing stages, the OCR settings and their parameters"),
                  "  ocrtune stages\n  ocrtune stages denoise_nlm\n  ocrtune stages ocr\n  ocrtune "
                  "stages --json");
  auto name = std::make_shared<std::string>();
  completed(
      context,
      command->add_option("NAME", *name, tr("Stage to describe, or ocr for the OCR settings")),
      workflow::Completion::stage);
  command->callback(
      [name, &context] { context.command = [name, &context] { return stages(*name, context); }; });
}

}  // namespace ocrtune::cli
