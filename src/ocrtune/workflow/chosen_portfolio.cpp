#include "ocrtune/workflow/chosen_portfolio.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/options/effort.h"
#include "ocrtune/options/engines_in_use.h"
#include "ocrtune/pipeline/presets.h"

namespace ocrtune::workflow {
namespace {

/// Throws if the OCR results of a portfolio's engines would not be combined, or one of the engines
/// cannot be used for one of the languages.
void check_engines(const PortfolioOptions& options, const Portfolio& portfolio,
                   const std::vector<std::string>& languages,
                   const RecognitionOptions& recognition) {
  if (!portfolio.engine_names().empty() && rule_of(options).choice != Choice::vote)
    throw OptionError(Errc::invalid_argument, "portfolio", "",
                      tr("its pipelines have several OCR engines, whose results only voting can "
                         "combine: use it with --vote"));
  for (const Pipeline& pipeline : portfolio.pipelines) {
    const PipelineUse use = portfolio.use_of(pipeline);
    if (use.engine.empty()) {
      check_engine_options(pipeline, recognition.engines);
      continue;
    }
    std::vector<std::string> used_for;
    std::ranges::copy_if(languages, std::back_inserter(used_for),
                         [&](const std::string& lang) { return use.is_for(lang); });
    require_engine(use.engine, used_for, recognition);
    check_engine_options(pipeline, use.engine);
  }
}

}  // namespace

ChoiceRule rule_of(const PortfolioOptions& options, const OcrOptions& ocr) {
  const Effort* effort = find_effort(options.effort);
  ChoiceRule rule{.choice = effort != nullptr || options.vote ? Choice::vote : Choice::best};
  const bool stops_early = effort == nullptr || effort->stops_early;
  if (stops_early && options.enough < 100) rule.enough = options.enough;
  rule.looks_for_columns = !ocr.psm;
  return rule;
}

Portfolio chosen_portfolio(const PortfolioOptions& options) {
  if (const Effort* effort = find_effort(options.effort))
    return load_portfolio(std::string(effort->portfolio));
  if (options.pipelines.empty()) return load_portfolio(options.portfolio);
  Portfolio portfolio{.name = "given", .description = "", .pipelines = {}};
  for (const std::string& name : options.pipelines) {
    const Pipeline pipeline = load_pipeline(name).at({});
    const auto same = [&](const Pipeline& other) { return other.name() == pipeline.name(); };
    if (std::ranges::any_of(portfolio.pipelines, same))
      throw OptionError(Errc::invalid_argument, "pipeline", "",
                        tr("two pipelines have the name `{}`", pipeline.name()));
    portfolio.pipelines.push_back(pipeline);
  }
  return portfolio;
}

Portfolio usable_portfolio(const PortfolioOptions& options, Portfolio portfolio,
                           const std::vector<std::string>& languages,
                           const RecognitionOptions& recognition, const Events& events) {
  if (options.effort)
    portfolio = with_usable_engines(std::move(portfolio), languages, recognition, events);
  check_engines(options, portfolio, languages, recognition);
  return portfolio;
}

const Pipeline& longest(const Portfolio& portfolio) {
  return *std::ranges::max_element(portfolio.pipelines, {}, [](const Pipeline& pipeline) {
    return std::ranges::count_if(pipeline.stages(), &StageUse::on);
  });
}

}  // namespace ocrtune::workflow
