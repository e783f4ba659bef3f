#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/cli/add_options.h"
#include "ocrtune/cli/context.h"
#include "ocrtune/cli/help.h"
#include "ocrtune/search/samplers/pruner_registry.h"
#include "ocrtune/search/samplers/registry.h"

namespace ocrtune::cli {
namespace {

nlohmann::json kind_json(const SamplerKind& kind) {
  return {{"name", kind.name},         {"summary", kind.summary},
          {"good_for", kind.good_for}, {"cost", kind.cost},
          {"cites", kind.cites},       {"several_objectives", kind.several_objectives}};
}

nlohmann::json kind_json(const PrunerKind& kind) {
  return {{"name", kind.name},
          {"summary", kind.summary},
          {"good_for", kind.good_for},
          {"cites", kind.cites}};
}

std::string line(std::string_view title, const std::string& text) {
  return text.empty() ? "" : fmt::format("  {:<9} {}\n", title, text);
}

std::string as_text(const SamplerKind& kind) {
  return fmt::format("{}\n  {}\n", kind.name, translated(kind.summary)) +
         line(tr("good for"), translated(kind.good_for)) + line(tr("cost"), translated(kind.cost)) +
         line(tr("option"),
              kind.has_starts ? tr("--starts N: one search from each of N starts, in turns") : "") +
         line(tr("several"), kind.several_objectives ? tr("takes several objectives") : "") +
         line(tr("see"), joined(kind.cites));
}

std::string as_text(const PrunerKind& kind) {
  return fmt::format("{}\n  {}\n", kind.name, translated(kind.summary)) +
         line(tr("good for"), translated(kind.good_for)) + line(tr("see"), joined(kind.cites));
}

/// The entries with that name, or all.
template <typename Kind>
std::vector<Kind> chosen(std::vector<Kind> kinds, const std::string& name) {
  if (!name.empty()) std::erase_if(kinds, [&](const Kind& kind) { return kind.name != name; });
  return kinds;
}

ExitStatus samplers(const std::string& name, const Context& context) {
  const auto samplers = chosen(all_samplers(), name);
  const auto pruners = chosen(all_pruners(), name);
  // If it is neither, the error lists the samplers.
  if (samplers.empty() && pruners.empty()) (void)sampler_named(name);
  nlohmann::json lists{{"samplers", nlohmann::json::array()}, {"pruners", nlohmann::json::array()}};
  std::string text;
  for (const SamplerKind& kind : samplers) {
    lists["samplers"].push_back(kind_json(kind));
    text += (text.empty() ? "" : "\n") + as_text(kind);
  }
  if (name.empty()) text += tr("\nPruners, which stop a trial early (--pruner):\n");
  for (const PrunerKind& kind : pruners) {
    lists["pruners"].push_back(kind_json(kind));
    text += (text.empty() ? "" : "\n") + as_text(kind);
  }
  context.print(context.json ? json_text(lists) : text);
  return ExitStatus::success;
}

}  // namespace

void add_samplers(CLI::App& app, Context& context) {
  CLI::App* command = add_command(
      app, context, "samplers", tr("List the samplers and pruners and when to use them"),
      "  ocrtune samplers\n  ocrtune samplers tpe\n  ocrtune samplers --json");
  auto name = std::make_shared<std::string>();
  completed(context, command->add_option("NAME", *name, tr("Sampler or pruner to describe")),
            workflow::Completion::method);
  command->callback([name, &context] {
    context.command = [name, &context] { return samplers(*name, context); };
  });
}

}  // namespace ocrtune::cli
