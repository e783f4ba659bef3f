#include "ocrtune/ocr/recognizer_pool.h"

#include "ocrtune/ocr/languages.h"
#include "ocrtune/ocr/reader.h"

namespace ocrtune {

Recognizer& RecognizerPool::get(const std::string& stated, const OcrSettings& settings) {
  const std::string lang = languages_read(stated, settings.languages);
  const int psm = settings.psm == 0 ? options_.psm : settings.psm;
  auto settled = settled_.find({lang, psm});
  if (settled == settled_.end()) {
    ReadingOptions options = options_;
    options.psm = psm;
    settled = settled_.insert({{lang, psm}, &settled_reader(lang, options)}).first;
  }
  std::unique_ptr<Recognizer>& recognizer = open_[{lang, settled->second}];
  if (!recognizer) recognizer = settled->second->open(lang, options_);
  return *recognizer;
}

const Lexicon& RecognizerPool::lexicon(const std::string& lang) {
  std::shared_ptr<const Lexicon>& lexicon = lexicons_[lang];
  if (!lexicon) lexicon = Lexicon::open(lang, options_.tessdata);
  return *lexicon;
}

}  // namespace ocrtune
