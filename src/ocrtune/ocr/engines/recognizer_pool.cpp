#include "ocrtune/ocr/engines/recognizer_pool.h"

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
  std::unique_ptr<Recognizer>& recognizer = open_[{lang, &used, use.tessdata}];
  if (!recognizer) recognizer = used.open(lang, with_models(options_, use.tessdata));
  return *recognizer;
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
