#include "ocrtune/ocr/recognizer_pool.h"

#include "ocrtune/ocr/languages.h"
#include "ocrtune/ocr/reader.h"

namespace ocrtune {

Recognizer& RecognizerPool::get(const std::string& stated, const Told& told) {
  const std::string lang = told_languages(stated, told.languages);
  const int psm = told.psm == 0 ? options_.psm : told.psm;
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
