#include "ocrtune/ocr/recognizer_pool.h"

#include "ocrtune/ocr/reader.h"

namespace ocrtune {

Recognizer& RecognizerPool::get(const std::string& lang) {
  std::unique_ptr<Recognizer>& recognizer = open_[lang];
  if (!recognizer) recognizer = open_reader(lang, options_);
  return *recognizer;
}

}  // namespace ocrtune
