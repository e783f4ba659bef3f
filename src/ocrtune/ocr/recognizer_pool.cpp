#include "ocrtune/ocr/recognizer_pool.h"

#include "ocrtune/ocr/engine_choice.h"
#include "ocrtune/ocr/engine_registry.h"
#include "ocrtune/ocr/languages.h"

namespace ocrtune {

Recognizer& RecognizerPool::get(const std::string& stated, const OcrSettings& settings,
                                const std::string& engine) {
  const std::string lang = languages_read(stated, settings.languages);
  const OcrEngine& used = engine.empty() ? selected(lang, settings) : engine_named(engine);
  std::unique_ptr<Recognizer>& recognizer = open_[{lang, &used}];
  if (!recognizer) recognizer = used.open(lang, options_);
  return *recognizer;
}

const OcrEngine& RecognizerPool::selected(const std::string& lang, const OcrSettings& settings) {
  const int psm = settings.psm == 0 ? options_.psm : settings.psm;
  auto selected = selected_.find({lang, psm});
  if (selected == selected_.end()) {
    RecognitionOptions options = options_;
    options.psm = psm;
    selected = selected_.insert({{lang, psm}, &selected_engine(lang, options)}).first;
  }
  return *selected->second;
}

const Lexicon& RecognizerPool::lexicon(const std::string& lang) {
  std::shared_ptr<const Lexicon>& lexicon = lexicons_[lang];
  if (!lexicon) lexicon = Lexicon::open(lang, options_.tessdata);
  return *lexicon;
}

}  // namespace ocrtune
