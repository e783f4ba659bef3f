#include "ocrtune/pipeline/presets.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "ocrtune/base/translation.h"
#include "ocrtune/cli/add_options.h"
#include "ocrtune/cli/context.h"
#include "ocrtune/cli/help.h"
#include "ocrtune/pipeline/pipeline_file.h"
#include "ocrtune/pipeline/portfolio.h"

namespace ocrtune::cli {
namespace {

ExitStatus presets(const std::string& name, const Context& context) {
  nlohmann::json list = nlohmann::json::array();
  std::string text;
  for (const Preset& preset : all_presets()) {
    if (!name.empty() && preset.name != name) continue;
    const Pipeline pipeline = parse_pipeline(preset.text, preset.name);
    list.push_back({{"name", pipeline.name()},
                    {"description", pipeline.description()},
                    {"toml", pipeline_text(pipeline)}});
    text += name.empty()
                ? fmt::format("{:<12} {}\n", pipeline.name(), translated(pipeline.description()))
                : pipeline_text(pipeline);
  }
  for (const BuiltInPortfolio& built_in : all_portfolios()) {
    if (!name.empty() && built_in.name != name) continue;
    const Portfolio portfolio = parse_portfolio(built_in.text, built_in.name);
    list.push_back({{"name", portfolio.name},
                    {"description", portfolio.description},
                    {"toml", portfolio_text(portfolio)}});
    text += name.empty()
                ? tr("{:<12} portfolio: {}\n", portfolio.name, translated(portfolio.description))
                : portfolio_text(portfolio);
  }
  if (list.empty()) {
    std::vector<std::string> names;
    for (const Preset& preset : all_presets()) names.emplace_back(preset.name);
    for (const BuiltInPortfolio& portfolio : all_portfolios()) names.emplace_back(portfolio.name);
    throw Error(Errc::invalid_argument,
                tr("unknown preset `{}`; available: {}", name, fmt::join(names, ", ")));
  }
  context.print(context.json ? json_text(list) : text);
  return ExitStatus::success;
}

}  // namespace

void add_presets(CLI::App& app, Context& context) {
  CLI::App* command =
      add_command(app, context, "presets",
                  tr("List the pipelines and portfolios that come with ocrtune; with "
                     "NAME, print one as a file to edit"),
                  "  ocrtune presets\n  ocrtune presets standard > mine.toml");
  auto name = std::make_shared<std::string>();
  completed(context, command->add_option("NAME", *name, tr("Preset or portfolio to print")),
            workflow::Completion::preset);
  command->callback(
      [name, &context] { context.command = [name, &context] { return presets(*name, context); }; });
}

}  // namespace ocrtune::cli
