#include "ocrtune/pipeline/portfolio.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/pipeline/built_in_texts.h"
#include "ocrtune/pipeline/pipeline_file.h"
#include "ocrtune/pipeline/pipeline_toml.h"

namespace ocrtune {
namespace {

/// A stamp or a page number may have a high confidence on a page that is otherwise illegible.
constexpr double kEnoughLegible = 100;

/// With more, the figures of docs/explanation/best_of_every_page.md are not better.
constexpr std::size_t kWithFurtherModels = 3;

constexpr const char* kForFaintText = "for_faint_text";

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

/// A [[pipeline]] section.
struct Section {
  Pipeline pipeline;
  PipelineUse use;
};

Section section_of(const toml::table& table, std::string_view source) {
  constexpr std::size_t kLongestName = 60;
  const std::string engine = text_or(table, "engine", "", source);
  if (table.contains("engine") && (engine.empty() || quotable(engine, kLongestName) != engine))
    fail_at(*table.get("engine"), source, tr("`engine` must be the name of an OCR engine"));
  const toml::node* faint = table.get(kForFaintText);
  if (faint != nullptr && !faint->is_boolean())
    fail_at(*faint, source, tr("`{}` must be true or false", kForFaintText));
  return {
      .pipeline = pipeline_of(table, source, tr("in a pipeline"), {"engine", kForFaintText}),
      .use = {.engine = engine, .for_faint_text = faint != nullptr && faint->as_boolean()->get()}};
}

/// A pipeline's text as a part of a larger document.
std::string as_part(const std::string& text, const PipelineUse& use) {
  std::istringstream lines(text);
  std::string part = "\n[[pipeline]]\n";
  if (!use.engine.empty()) part += "engine = " + toml_string(use.engine) + "\n";
  if (use.for_faint_text) part += std::string(kForFaintText) + " = true\n";
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("[[stage]]")) line.replace(0, 2, "[[pipeline.");
    if (line.starts_with("[stage.") || line == "[ocr]") line.replace(0, 1, "[pipeline.");
    part += line + "\n";
  }
  return part;
}

}  // namespace

bool is_enough(double char_confidence, double legible, double enough) {
  return char_confidence >= enough && legible >= kEnoughLegible;
}

std::set<std::string> Portfolio::engine_names() const {
  std::set<std::string> names;
  for (const auto& [pipeline, use] : uses) {
    if (!use.engine.empty()) names.insert(use.engine);
  }
  return names;
}

PipelineUse Portfolio::use_of(const Pipeline& pipeline) const {
  const auto found = uses.find(pipeline.name());
  return found == uses.end() ? PipelineUse{} : found->second;
}

Portfolio with_further_models(const Portfolio& portfolio,
                              const std::vector<std::string>& tessdata) {
  std::vector<Pipeline> again;
  for (const Pipeline& pipeline : portfolio.pipelines) {
    if (again.size() < kWithFurtherModels && portfolio.use_of(pipeline) == PipelineUse{})
      again.push_back(pipeline);
  }
  Portfolio all = portfolio;
  auto end = std::ranges::find_if(all.pipelines, [&](const Pipeline& pipeline) {
    return portfolio.use_of(pipeline).for_faint_text;
  });
  for (std::size_t i = 0; i < tessdata.size(); ++i) {
    for (const Pipeline& pipeline : again) {
      const std::string name = fmt::format("{}, model {}", pipeline.name(), i + 2);
      if (std::ranges::find(portfolio.pipelines, name, &Pipeline::name) !=
          portfolio.pipelines.end())
        throw Error(Errc::pipeline_invalid, tr("two pipelines have the name `{}`", name));
      end = all.pipelines.insert(end, Pipeline(name, pipeline.description(), pipeline.stages(),
                                               pipeline.slots(), pipeline.ocr())) +
            1;
      all.uses[name] = {.tessdata = tessdata[i]};
    }
  }
  return all;
}

Portfolio parse_portfolio(std::string_view text, std::string_view source) {
  const toml::table root = parse_toml(text, source);
  if (const toml::node* stage = root.get("stage"); stage != nullptr && !root.contains("pipeline"))
    fail_at(*stage, source,
            tr("this is a pipeline, and a portfolio is needed, which has [[pipeline]] sections; "
               "give a pipeline by --pipeline"));
  check_keys(root, {"name", "description", "pipeline"}, tr("at the top level"), source);
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

std::string portfolio_text(const Portfolio& portfolio) {
  std::string text = fmt::format("name = {}\n", toml_string(portfolio.name));
  if (!portfolio.description.empty())
    text += fmt::format("description = {}\n", toml_string(portfolio.description));
  for (const Pipeline& pipeline : portfolio.pipelines)
    text += as_part(pipeline_text(pipeline), portfolio.use_of(pipeline));
  return text;
}

/// pipeline/portfolios/*.toml.
const std::vector<EmbeddedFile>& portfolio_files();

const std::vector<BuiltInPortfolio>& all_portfolios() {
  static const auto kPortfolios = named_texts<BuiltInPortfolio>(portfolio_files());
  return kPortfolios;
}

Portfolio load_portfolio(const std::string& name_or_path) {
  std::vector<std::string> names;
  for (const BuiltInPortfolio& portfolio : all_portfolios()) {
    if (portfolio.name == name_or_path) return parse_portfolio(portfolio.text, portfolio.name);
    names.emplace_back(portfolio.name);
  }
  std::error_code ignored;
  if (std::filesystem::exists(name_or_path, ignored)) {
    return parse_portfolio(read_text(name_or_path, kPipelineFileLimit, Errc::pipeline_invalid),
                           shown(name_or_path));
  }
  throw Error(Errc::pipeline_invalid,
              tr("portfolio `{}`: neither a file nor a built-in portfolio{}; available: {}",
                 quotable(name_or_path), did_you_mean(name_or_path, names), joined(names)));
}

}  // namespace ocrtune
