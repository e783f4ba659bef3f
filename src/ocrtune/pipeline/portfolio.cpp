#include "ocrtune/pipeline/portfolio.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/pipeline/built_in_texts.h"
#include "ocrtune/pipeline/portfolio_toml.h"

namespace ocrtune {
namespace {

/// A stamp or a page number may have a high confidence on a page that is otherwise illegible.
constexpr double kEnoughLegible = 100;

/// With more, the figures of docs/explanation/best_of_every_page.md are not better.
constexpr std::size_t kWithFurtherModels = 3;

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

Pipeline renamed(const Pipeline& pipeline, const std::string& name) {
  return {name, pipeline.description(), pipeline.stages(), pipeline.slots(), pipeline.ocr()};
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
      end = all.pipelines.insert(end, renamed(pipeline, name)) + 1;
      all.uses[name] = {.tessdata = tessdata[i]};
    }
  }
  return all;
}

Portfolio parse_portfolio(std::string_view text, std::string_view source) {
  const toml::table root = parse_pipeline_toml(text, source);
  if (const toml::node* stage = root.get("stage"); stage != nullptr && !root.contains("pipeline"))
    fail_at(*stage, source,
            tr("this is a pipeline, and a portfolio is needed, which has [[pipeline]] sections; "
               "give a pipeline by --pipeline"));
  if (const toml::node* choice = root.get("choice"))
    fail_at(*choice, source,
            tr("this is a recipe, and a portfolio is needed, which has no [[choice]] sections; "
               "`apply --recipe` takes a recipe"));
  return portfolio_in(root, source);
}

std::string portfolio_text(const Portfolio& portfolio) {
  return heading_text(portfolio) + sections_text(portfolio);
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
    Portfolio portfolio = parse_portfolio(
        read_text(name_or_path, kPipelineFileLimit, Errc::pipeline_invalid), shown(name_or_path));
    place_models(portfolio, std::filesystem::path(name_or_path).parent_path());
    return portfolio;
  }
  throw Error(Errc::pipeline_invalid,
              tr("portfolio `{}`: neither a file nor a built-in portfolio{}; available: {}",
                 quotable(name_or_path), did_you_mean(name_or_path, names), joined(names)));
}

}  // namespace ocrtune
