#include "ocrtune/ocr/engines/recognizer_pool.h"

#include <algorithm>

#include "ocrtune/ocr/engines/engine_choice.h"
#include "ocrtune/ocr/engines/engine_registry.h"
#include "ocrtune/ocr/languages.h"

namespace ocrtune {

RecognitionOptions with_models(const RecognitionOptions& options, const std::string& tessdata) {
  if (tessdata.empty()) return options;
  RecognitionOptions result = options;
  result.tessdata = tessdata;
  result.engines.clear();
  return result;
}

const OcrEngine& RecognizerPool::engine(const std::string& stated, const OcrSettings& settings,
                                        const PipelineUse& use) {
  if (!use.engine.empty()) return engine_named(use.engine);
  return selected(languages_read(stated, settings.languages), settings, use.tessdata);
}

Recognizer& RecognizerPool::get(const std::string& stated, const OcrSettings& settings,
                                const PipelineUse& use) {
  const std::string lang = languages_read(stated, settings.languages);
  const OcrEngine& used = engine(stated, settings, use);
  const std::tuple key{lang, &used, use.tessdata};
  auto found = open_.find(key);
  if (found == open_.end()) found = open_.emplace(key, opened(lang, used, use)).first;
  return *found->second;
}

std::unique_ptr<Recognizer> RecognizerPool::opened(const std::string& lang, const OcrEngine& engine,
                                                   const PipelineUse& use) {
  if (engine.open_beside) {
    const auto other = std::ranges::find_if(
        open_, [&](const auto& one) { return std::get<const OcrEngine*>(one.first) == &engine; });
    if (other != open_.end()) return engine.open_beside(*other->second, lang);
  }
  return engine.open(lang, with_models(options_, use.tessdata));
}

const OcrEngine& RecognizerPool::selected(const std::string& lang, const OcrSettings& settings,
                                          const std::string& tessdata) {
  const int psm = settings.psm == 0 ? options_.psm : settings.psm;
  auto selected = selected_.find({lang, psm, tessdata});
  if (selected == selected_.end()) {
    RecognitionOptions options = with_models(options_, tessdata);
    options.psm = psm;
    selected = selected_.insert({{lang, psm, tessdata}, &selected_engine(lang, options)}).first;
  }
  return *selected->second;
}

const Lexicon& RecognizerPool::lexicon(const std::string& lang) {
  std::shared_ptr<const Lexicon>& lexicon = lexicons_[lang];
  if (!lexicon) lexicon = Lexicon::open(lang, options_.tessdata);
  return *lexicon;
}

}  // namespace ocrtune
