#include "ocrtune/options/models_in_use.h"

#include <algorithm>
#include <map>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/ocr/languages.h"

namespace ocrtune::workflow {
namespace {

/// Those of the languages whose models are all in the folder; says which are not.
std::set<std::string> languages_in(const std::string& folder,
                                   const std::vector<std::string>& languages,
                                   const Events& events) {
  std::set<std::string> found;
  for (const std::string& lang : languages) {
    try {
      require_languages(lang, folder);
      found.insert(lang);
    } catch (const Error& error) {
      events.say(tr("without the models in {}: {}", shown(folder), error.what()));
    }
  }
  return found;
}

}  // namespace

std::set<std::string> model_folders(const Portfolio& portfolio) {
  std::set<std::string> folders;
  for (const Pipeline& pipeline : portfolio.pipelines) {
    const PipelineUse use = portfolio.use_of(pipeline);
    if (!use.tessdata.empty()) folders.insert(use.tessdata);
  }
  return folders;
}

std::set<std::string> model_folders(const Portfolio& portfolio, const std::string& lang) {
  std::set<std::string> folders;
  for (const Pipeline& pipeline : portfolio.pipelines) {
    const PipelineUse use = portfolio.use_of(pipeline);
    if (!use.tessdata.empty() && use.is_for(lang)) folders.insert(use.tessdata);
  }
  return folders;
}

Portfolio with_models_there(Portfolio portfolio, const std::vector<std::string>& languages,
                            const Events& events) {
  std::map<std::string, std::set<std::string>> there;
  for (const std::string& folder : model_folders(portfolio))
    there[folder] = languages_in(folder, languages, events);
  Portfolio usable{.name = portfolio.name, .description = portfolio.description, .pipelines = {}};
  for (const Pipeline& pipeline : portfolio.pipelines) {
    PipelineUse use = portfolio.use_of(pipeline);
    if (!use.tessdata.empty() && there[use.tessdata].size() < languages.size()) {
      std::set<std::string> left = there[use.tessdata];
      std::erase_if(left, [&](const std::string& lang) { return !use.is_for(lang); });
      if (left.empty()) continue;
      use.languages = std::move(left);
    }
    usable.pipelines.push_back(pipeline);
    if (use != PipelineUse{}) usable.uses[pipeline.name()] = use;
  }
  for (const std::string& lang : languages) {
    if (std::ranges::none_of(usable.pipelines, [&](const Pipeline& pipeline) {
          return usable.use_of(pipeline).is_for(lang);
        }))
      throw Error(Errc::dependency_missing,
                  tr("no pipeline of {} has models for `{}`", portfolio.name, lang));
  }
  return usable;
}

}  // namespace ocrtune::workflow
