#pragma once

#include <atomic>
#include <memory>
#include <span>
#include <vector>

#include "ocrtune/ocr/lstm/language_reader.h"

namespace ocrtune::lstm {

/// Reads units with one language or several. Of several, the language of the unit before is asked
/// first; where one of its words is not sure, the others are asked in the order in which they are
/// named, until all words are sure, and the better words are taken
/// (Tesseract's classify_word_and_language). Not thread-safe.
class UnitReader {
 public:
  /// `models`: at least one, the main language first.
  UnitReader(const std::vector<std::shared_ptr<const Model>>& models,
             const std::shared_ptr<OcrDevice>& device);

  /// Whether units with a low confidence are also read inverted by the main language. Others always
  /// do so: in Tesseract they have variables of their own.
  void try_inverted(bool try_them) { languages_.front().try_inverted(try_them); }

  /// The words of each unit; false if it was stopped.
  bool read(PIX* page, std::span<const layout::Unit> units, const std::atomic<bool>& stop,
            std::vector<std::vector<DecodedWord>>& words);

 private:
  std::vector<LanguageReader> languages_;
};

}  // namespace ocrtune::lstm
