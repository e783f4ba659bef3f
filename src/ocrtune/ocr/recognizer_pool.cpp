#include "ocrtune/ocr/recognizer_pool.h"

#include "ocrtune/ocr/tesseract_recognizer.h"

namespace ocrtune {

Recognizer& RecognizerPool::get(const std::string& lang) {
  std::unique_ptr<Recognizer>& recognizer = open_[lang];
  if (!recognizer) recognizer = open_tesseract(lang, options_);
  return *recognizer;
}

}  // namespace ocrtune
