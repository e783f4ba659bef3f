#include "ocrtune/options/effort.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/ocr/engines/engine_registry.h"
#include "ocrtune/options/engines_in_use.h"

namespace ocrtune::workflow {
namespace {

/// The reason why an engine cannot be used for a language; empty if it can be.
std::string missing_of(const std::string& engine, const std::string& lang,
                       const RecognitionOptions& options) {
  if (!find_engine(engine))
    return tr("it is not installed; `ocrtune doctor` lists the engines that are");
  try {
    require_engine(engine, {lang}, options);
  } catch (const Error& error) {
    if (error.code() != Errc::dependency_missing) throw;
    return error.what();
  }
  return "";
}

/// The languages for which an engine cannot be used, each with the reason.
std::map<std::string, std::string> missing_languages(const std::string& engine,
                                                     const std::vector<std::string>& languages,
                                                     const RecognitionOptions& options) {
  std::map<std::string, std::string> missing;
  for (const std::string& lang : languages) {
    std::string reason = missing_of(engine, lang, options);
    if (!reason.empty()) missing.emplace(lang, std::move(reason));
  }
  return missing;
}

bool has_pipeline(const Portfolio& portfolio, const std::string& name) {
  return std::ranges::find(portfolio.pipelines, name, &Pipeline::name) != portfolio.pipelines.end();
}

/// The pipelines of kWithoutEngines, and those of the portfolio without an engine of their own.
Portfolio without_engines(const Portfolio& portfolio) {
  Portfolio result = load_portfolio(std::string(kWithoutEngines));
  for (const Pipeline& pipeline : portfolio.pipelines) {
    const PipelineUse use = portfolio.use_of(pipeline);
    if (!use.engine.empty() || has_pipeline(result, pipeline.name())) continue;
    if (portfolio.uses.contains(pipeline.name())) result.uses[pipeline.name()] = use;
    result.pipelines.push_back(pipeline);
  }
  return result;
}

/// The portfolio with its engines for `known` languages, and for the other ones the pipelines of
/// kWithoutEngines.
Portfolio by_language(Portfolio portfolio, const std::set<std::string>& known,
                      const std::set<std::string>& others) {
  for (auto& [name, use] : portfolio.uses) {
    if (!use.engine.empty()) use.languages = known;
  }
  for (const Pipeline& pipeline : load_portfolio(std::string(kWithoutEngines)).pipelines) {
    if (has_pipeline(portfolio, pipeline.name())) continue;
    portfolio.uses[pipeline.name()] = {.languages = others};
    portfolio.pipelines.push_back(pipeline);
  }
  return portfolio;
}

}  // namespace

std::vector<std::string> effort_names() {
  std::vector<std::string> names;
  names.reserve(kEfforts.size());
  for (const Effort& effort : kEfforts) names.emplace_back(effort.name);
  return names;
}

const Effort* find_effort(const std::optional<std::string>& name) {
  if (!name) return nullptr;
  const auto found = std::ranges::find(kEfforts, *name, &Effort::name);
  return found == kEfforts.end() ? nullptr : &*found;
}

Portfolio with_usable_engines(Portfolio portfolio, const std::vector<std::string>& languages,
                              const RecognitionOptions& options, const Events& events) {
  std::set<std::string> known(languages.begin(), languages.end());
  std::set<std::string> others;
  for (const std::string& name : portfolio.engine_names()) {
    const auto missing = missing_languages(name, languages, options);
    if (missing.empty()) continue;
    std::vector<std::string> names;
    names.reserve(missing.size());
    for (const auto& [lang, reason] : missing) names.push_back(lang);
    events.say(missing.size() == languages.size()
                   ? tr("without {}: {}", name, missing.begin()->second)
                   : tr("without {} for {}: {}", name, joined(names), missing.begin()->second));
    for (const std::string& lang : names) known.erase(lang);
    others.insert(names.begin(), names.end());
  }
  if (others.empty()) return portfolio;
  if (known.empty()) return without_engines(portfolio);
  return by_language(std::move(portfolio), known, others);
}

}  // namespace ocrtune::workflow
