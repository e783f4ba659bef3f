#include "ocrtune/pipeline/portfolio_toml.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/pipeline/pipeline_file.h"

namespace ocrtune {
namespace {

constexpr const char* kForFaintText = "for_faint_text";
constexpr const char* kTessdata = "tessdata";

const toml::array& pipelines_of(const toml::table& root, std::string_view source) {
  const toml::node* node = root.get("pipeline");
  if (node == nullptr)
    fail_at(root, source, tr("a portfolio needs at least one [[pipeline]] section"));
  const toml::array* list = node->as_array();
  if (list == nullptr) fail_at(*node, source, tr("pipelines are written as [[pipeline]] sections"));
  if (list->empty() || list->size() > kMaxPipelines)
    fail_at(*node, source, tr("a portfolio has 1 to {} pipelines", kMaxPipelines));
  return *list;
}

/// A text of one line that may be left out, but not be empty.
std::string line_or_nothing(const toml::table& table, const char* key, std::size_t longest,
                            const std::string& problem, std::string_view source) {
  std::string text = text_or(table, key, "", source);
  if (table.contains(key) && (text.empty() || quotable(text, longest) != text))
    fail_at(*table.get(key), source, problem);
  return text;
}

/// A [[pipeline]] section.
struct Section {
  Pipeline pipeline;
  PipelineUse use;
};

Section section_of(const toml::table& table, std::string_view source) {
  constexpr std::size_t kLongestName = 60;
  const std::string engine = line_or_nothing(
      table, "engine", kLongestName, tr("`engine` must be the name of an OCR engine"), source);
  const std::string tessdata = line_or_nothing(
      table, kTessdata, kLongestModelsPath,
      tr("`{}` must be a folder, one line of at most {} bytes", kTessdata, kLongestModelsPath),
      source);
  const toml::node* faint = table.get(kForFaintText);
  if (faint != nullptr && !faint->is_boolean())
    fail_at(*faint, source, tr("`{}` must be true or false", kForFaintText));
  return {.pipeline =
              pipeline_of(table, source, tr("in a pipeline"), {"engine", kTessdata, kForFaintText}),
          .use = {.engine = engine,
                  .tessdata = tessdata,
                  .for_faint_text = faint != nullptr && faint->as_boolean()->get()}};
}

/// A pipeline's text as a part of a larger document.
std::string as_part(const std::string& text, const PipelineUse& use) {
  std::istringstream lines(text);
  std::string part = "\n[[pipeline]]\n";
  if (!use.engine.empty()) part += "engine = " + toml_string(use.engine) + "\n";
  if (!use.tessdata.empty()) part += fmt::format("{} = {}\n", kTessdata, toml_string(use.tessdata));
  if (use.for_faint_text) part += std::string(kForFaintText) + " = true\n";
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("[[stage]]")) line.replace(0, 2, "[[pipeline.");
    if (line.starts_with("[stage.") || line == "[ocr]") line.replace(0, 1, "[pipeline.");
    part += line + "\n";
  }
  return part;
}

}  // namespace

Portfolio portfolio_in(const toml::table& root, std::string_view source,
                       const std::vector<std::string>& further) {
  std::vector<std::string> known{"name", "description", "pipeline"};
  known.insert(known.end(), further.begin(), further.end());
  check_keys(root, known, tr("at the top level"), source);
  Portfolio portfolio{.name = text_or(root, "name", "unnamed", source),
                      .description = text_or(root, "description", "", source),
                      .pipelines = {}};
  for (const toml::node& node : pipelines_of(root, source)) {
    const toml::table* table = node.as_table();
    if (table == nullptr)
      fail_at(node, source, tr("pipelines are written as [[pipeline]] sections"));
    const auto [pipeline, use] = section_of(*table, source);
    if (!pipeline.space().dimensions().empty())
      fail_at(
          node, source,
          tr("pipeline `{}` has free parameters; those of a portfolio are fixed", pipeline.name()));
    if (std::ranges::find(portfolio.pipelines, pipeline.name(), &Pipeline::name) !=
        portfolio.pipelines.end())
      fail_at(node, source, tr("two pipelines have the name `{}`", pipeline.name()));
    portfolio.pipelines.push_back(pipeline);
    if (use != PipelineUse{}) portfolio.uses[pipeline.name()] = use;
  }
  return portfolio;
}

void place_models(Portfolio& portfolio, const std::filesystem::path& folder) {
  for (auto& [name, use] : portfolio.uses) {
    if (!use.tessdata.empty()) use.tessdata = (folder / use.tessdata).string();
  }
}

std::string heading_text(const Portfolio& portfolio) {
  std::string text = fmt::format("name = {}\n", toml_string(portfolio.name));
  if (!portfolio.description.empty())
    text += fmt::format("description = {}\n", toml_string(portfolio.description));
  return text;
}

std::string sections_text(const Portfolio& portfolio) {
  std::string text;
  for (const Pipeline& pipeline : portfolio.pipelines)
    text += as_part(pipeline_text(pipeline), portfolio.use_of(pipeline));
  return text;
}

}  // namespace ocrtune
