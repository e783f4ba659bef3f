#include "ocrtune/ocr/recognizer_pool.h"

#include "ocrtune/ocr/reader.h"

namespace ocrtune {

Recognizer& RecognizerPool::get(const std::string& lang, int psm) {
  ReadingOptions options = options_;
  if (psm != 0) options.psm = psm;
  std::unique_ptr<Recognizer>& recognizer = open_[{lang, options.psm}];
  if (!recognizer) recognizer = open_reader(lang, options);
  return *recognizer;
}

const Lexicon& RecognizerPool::lexicon(const std::string& lang) {
  std::shared_ptr<const Lexicon>& lexicon = lexicons_[lang];
  if (!lexicon) lexicon = Lexicon::open(lang, options_.tessdata);
  return *lexicon;
}

}  // namespace ocrtune
