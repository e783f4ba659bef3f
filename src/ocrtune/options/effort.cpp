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

/// By engine the languages for which it cannot be used; tells `events` the reasons.
std::map<std::string, std::set<std::string>> missing_of_engines(
    const Portfolio& portfolio, const std::vector<std::string>& languages,
    const RecognitionOptions& options, const Events& events) {
  std::map<std::string, std::set<std::string>> all;
  for (const std::string& name : portfolio.engine_names()) {
    const auto missing = missing_languages(name, languages, options);
    if (missing.empty()) continue;
    std::vector<std::string> names;
    names.reserve(missing.size());
    for (const auto& [lang, reason] : missing) names.push_back(lang);
    events.say(missing.size() == languages.size()
                   ? tr("without {}: {}", name, missing.begin()->second)
                   : tr("without {} for {}: {}", name, joined(names), missing.begin()->second));
    all.emplace(name, std::set(names.begin(), names.end()));
  }
  return all;
}

/// The languages of a pipeline's engine that are not missing.
std::set<std::string> left_of(const PipelineUse& use, const std::vector<std::string>& languages,
                              const std::set<std::string>& missing) {
  std::set<std::string> left;
  for (const std::string& lang : languages) {
    if (use.is_for(lang) && !missing.contains(lang)) left.insert(lang);
  }
  return left;
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
  const auto missing = missing_of_engines(portfolio, languages, options, events);
  if (missing.empty()) return portfolio;
  std::set<std::string> others;
  for (const auto& [name, of_engine] : missing) others.insert(of_engine.begin(), of_engine.end());
  Portfolio usable{.name = portfolio.name, .description = portfolio.description, .pipelines = {}};
  for (const Pipeline& pipeline : portfolio.pipelines) {
    PipelineUse use = portfolio.use_of(pipeline);
    if (const auto of_engine = missing.find(use.engine); of_engine != missing.end()) {
      use.languages = left_of(use, languages, of_engine->second);
      if (use.languages.empty()) continue;
    }
    if (use != PipelineUse{}) usable.uses[pipeline.name()] = use;
    usable.pipelines.push_back(pipeline);
  }
  if (others.size() == languages.size()) others.clear();
  for (const Pipeline& pipeline : load_portfolio(std::string(kWithoutEngines)).pipelines) {
    if (has_pipeline(usable, pipeline.name())) continue;
    if (!others.empty()) usable.uses[pipeline.name()] = {.languages = others};
    usable.pipelines.push_back(pipeline);
  }
  return usable;
}

}  // namespace ocrtune::workflow
