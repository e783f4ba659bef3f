#include "ocrtune/options/models_in_use.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/ocr/languages.h"

namespace ocrtune::workflow {
namespace {

constexpr const char* kPpocr = "ppocr";

/// Whether a folder has the models of a pipeline's engine for a language.
bool has_models(const PipelineUse& use, const std::string& lang) try {
  std::error_code ignored;
  if (use.engine == kPpocr)
    return std::filesystem::is_regular_file(trained_ppocr_model(use.tessdata, lang), ignored);
  require_languages(lang, use.tessdata);
  return true;
} catch (const Error&) {
  return false;
}

/// Those of the languages that a pipeline is for and has models for.
std::set<std::string> languages_left(const PipelineUse& use,
                                     const std::vector<std::string>& languages) {
  std::set<std::string> left;
  for (const std::string& lang : languages) {
    if (use.is_for(lang) && (use.tessdata.empty() || has_models(use, lang))) left.insert(lang);
  }
  return left;
}

}  // namespace

std::set<std::string> model_folders(const Portfolio& portfolio,
                                    const std::optional<std::string>& lang) {
  std::set<std::string> folders;
  for (const Pipeline& pipeline : portfolio.pipelines) {
    const PipelineUse use = portfolio.use_of(pipeline);
    if (!use.tessdata.empty() && (!lang || use.is_for(*lang))) folders.insert(use.tessdata);
  }
  return folders;
}

Portfolio with_models_there(Portfolio portfolio, const std::vector<std::string>& languages,
                            const Events& events) {
  Portfolio usable{.name = portfolio.name, .description = portfolio.description, .pipelines = {}};
  std::set<std::string> without;  // languages without models, by folder
  for (const Pipeline& pipeline : portfolio.pipelines) {
    PipelineUse use = portfolio.use_of(pipeline);
    const std::set<std::string> left = languages_left(use, languages);
    if (left.empty() && !use.tessdata.empty())
      throw Error(Errc::dependency_missing,
                  tr("{}: `{}` needs the models in {}, which are not there{}; copy the folder, or "
                     "correct `tessdata`",
                     portfolio.name, pipeline.name(), shown(use.tessdata),
                     languages.size() == 1 ? tr(" for `{}`", languages.front()) : ""));
    if (left.size() < languages.size() && !use.tessdata.empty()) {
      use.languages = left;
      for (const std::string& lang : languages) {
        if (!left.contains(lang) && without.insert(use.tessdata + lang).second)
          events.warn(tr("the models in {} are not for `{}`: its pages do without them",
                         shown(use.tessdata), lang));
      }
    }
    usable.pipelines.push_back(pipeline);
    if (use != PipelineUse{}) usable.uses[pipeline.name()] = use;
  }
  for (const std::string& lang : languages) {
    if (std::ranges::none_of(usable.pipelines, [&](const Pipeline& pipeline) {
          const PipelineUse use = usable.use_of(pipeline);
          return use.is_for(lang) && !use.for_faint_text;
        }))
      throw Error(Errc::dependency_missing,
                  tr("no pipeline of {} has models for `{}`", portfolio.name, lang));
  }
  return usable;
}

}  // namespace ocrtune::workflow
