#include <CLI/App.hpp>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "ocrtune/base/translation.h"
#include "ocrtune/cli/complete.h"
#include "ocrtune/cli/context.h"

namespace ocrtune::cli {
namespace {

using nlohmann::ordered_json;

/// A definition of the schema, and the words whose completion has its names.
struct Names {
  const char* name;
  const char* description;
  std::vector<std::string> words;
  const char* values = nullptr;  ///< an object with a number for each name; nullptr: none
};

const std::vector<Names>& all_names() {
  static const std::vector<Names> kNames{
      {"score",
       "a score, as --objective takes it",
       {"tune", "--objective", ""},
       "means of scores by name"},
      {"measure", "a score of a comparison", {"compare", "--by", ""}, "scores by name"},
      {"sampler", "a sampler", {"optimize", "--sampler", ""}},
      {"pruner", "a pruner", {"optimize", "--pruner", ""}},
      {"stage", "a stage, or ocr", {"stages", ""}},
      {"unicode_form", "a Unicode normalization form", {"evaluate", "--unicode", ""}},
      {"ignored", "a difference that does not count", {"evaluate", "--ignore", ""}},
      {"audit_preset", "a preset of the Python design", {"import", "--preset", ""}},
      {"shell", "a shell", {"completion", ""}}};
  return kNames;
}

void add_definitions(ordered_json& definitions, const Names& names, const CLI::App& app,
                     const Context& context) {
  const std::string name = names.name;
  ordered_json choices = ordered_json::array();
  ordered_json properties = ordered_json::object();
  for (const std::string& line : completion_lines(app, context, names.words)) {
    if (line.starts_with(':')) continue;
    const std::size_t tab = line.find('\t');
    const std::string choice = line.substr(0, tab);
    choices.push_back(choice);
    properties[choice] = {
        {"type", "number"},
        {"description", tab == std::string::npos ? choice : line.substr(tab + 1)}};
  }
  definitions[name] = {
      {"description", names.description}, {"type", "string"}, {"enum", std::move(choices)}};
  if (names.values == nullptr) return;
  // Those that refer to it may have properties of their own.
  definitions[name + "_properties"] = {
      {"$comment", "extended"}, {"type", "object"}, {"properties", std::move(properties)}};
  definitions[name + "s"] = {{"description", names.values},
                             {"type", "object"},
                             {"$ref", "#/$defs/" + name + "_properties"}};
}

std::string names_schema(const CLI::App& app, const Context& context) {
  ordered_json definitions = ordered_json::object();
  for (const Names& names : all_names()) add_definitions(definitions, names, app, context);
  const ordered_json schema{{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                            {"title", "Names that the other schemas refer to"},
                            {"$defs", std::move(definitions)}};
  return schema.dump(2) + "\n";
}

}  // namespace

void add_names(CLI::App& app, Context& context) {
  // Hidden, because only the build uses it, for the schema that it installs.
  CLI::App* command =
      app.add_subcommand("names", tr("Print the JSON schema of the names in ocrtune's tables"))
          ->group("");
  command->callback([&app, &context] {
    context.command = [&app, &context] {
      context.print(names_schema(app, context));
      return ExitStatus::success;
    };
  });
}

}  // namespace ocrtune::cli
