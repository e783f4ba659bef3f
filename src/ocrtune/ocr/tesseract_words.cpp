#include "ocrtune/ocr/tesseract_words.h"

#include <tesseract/baseapi.h>
#include <tesseract/resultiterator.h>

#include <cmath>
#include <memory>
#include <utility>

namespace ocrtune {
namespace {

struct DeleteArray {
  void operator()(const char* text) const { delete[] text; }
};

/// The characters of the iterator's word, which is not moved.
template <typename Iterator>
std::vector<Character> characters_of(Iterator it) {
  std::vector<Character> characters;
  do {
    const std::unique_ptr<const char, DeleteArray> text(it.GetUTF8Text(tesseract::RIL_SYMBOL));
    // Tesseract's confidence is 100 + 5 log p.
    const double certainty = (static_cast<double>(it.Confidence(tesseract::RIL_SYMBOL)) - 100) / 5;
    characters.push_back({.text = text ? text.get() : "", .probability = std::exp(certainty)});
  } while (!it.IsAtFinalElement(tesseract::RIL_WORD, tesseract::RIL_SYMBOL) &&
           it.Next(tesseract::RIL_SYMBOL));
  return characters;
}

/// Iterates over the words of a page.
class WordCollector {
 public:
  /// `measured_spaces`: whether the words have as many spaces before them as the engine found.
  explicit WordCollector(bool measured_spaces) : measured_spaces_(measured_spaces) {}

  template <typename Iterator>
  void add(const Iterator& it) {
    if (it.IsAtBeginningOf(tesseract::RIL_BLOCK)) {
      ++block_;
      paragraph_ = line_ = word_ = 0;
    }
    if (it.IsAtBeginningOf(tesseract::RIL_PARA)) {
      ++paragraph_;
      line_ = word_ = 0;
    }
    if (it.IsAtBeginningOf(tesseract::RIL_TEXTLINE)) {
      ++line_;
      word_ = 0;
    }
    const std::unique_ptr<const char, DeleteArray> text(it.GetUTF8Text(tesseract::RIL_WORD));
    Word word{.text = text ? text.get() : "",
              .confidence = static_cast<int>(it.Confidence(tesseract::RIL_WORD)),
              .block = block_,
              .paragraph = paragraph_,
              .line = line_,
              .index = ++word_,
              .space_before = !measured_spaces_ || word_ == 1 || it.BlanksBeforeWord() > 0};
    it.BoundingBox(tesseract::RIL_WORD, &word.left, &word.top, &word.right, &word.bottom);
    word.characters = characters_of(it);
    words_.push_back(std::move(word));
  }

  std::vector<Word> words() && { return std::move(words_); }

 private:
  bool measured_spaces_;
  std::vector<Word> words_;
  int block_ = 0;
  int paragraph_ = 0;
  int line_ = 0;
  int word_ = 0;
};

template <typename Iterator>
std::vector<Word> collect(Iterator& it, bool measured_spaces) {
  WordCollector collector(measured_spaces);
  do {
    if (!it.Empty(tesseract::RIL_WORD)) collector.add(it);
  } while (it.Next(tesseract::RIL_WORD));
  return std::move(collector).words();
}

bool runs_left_to_right(tesseract::LTRResultIterator it) {
  do {
    const auto direction = it.WordDirection();
    if (direction == tesseract::DIR_RIGHT_TO_LEFT || direction == tesseract::DIR_MIX) return false;
  } while (it.Next(tesseract::RIL_WORD));
  return true;
}

}  // namespace

std::vector<Word> recognized_words(tesseract::TessBaseAPI& api) {
  const std::unique_ptr<tesseract::ResultIterator> in_order(api.GetIterator());
  if (!in_order) return {};
  // The other iterator goes through its row again at every word, to reorder it.
  const tesseract::LTRResultIterator& plain = *in_order;
  tesseract::LTRResultIterator left_to_right(plain);
  left_to_right.Begin();
  bool measured_spaces = false;
  api.GetBoolVariable("preserve_interword_spaces", &measured_spaces);
  return runs_left_to_right(left_to_right) ? collect(left_to_right, measured_spaces)
                                           : collect(*in_order, measured_spaces);
}

}  // namespace ocrtune
