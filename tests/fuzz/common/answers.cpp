#include "fuzz/common/answers.h"

#include "fuzz/common/require.h"
#include "ocrtune/base/text.h"

namespace ocrtune::fuzz {

void check_words(const OcrResult& result, const EngineRequest& request) {
  for (const Word& word : result.words) {
    require(!word.text.empty() && is_utf8(word.text), "a word has no text");
    require(word.confidence >= 0 && word.confidence <= 100, "a confidence is out of range");
    require(word.left >= 0 && word.left <= word.right && word.right <= request.size.width,
            "a box is outside the image");
    require(word.top >= 0 && word.top <= word.bottom && word.bottom <= request.size.height,
            "a box is outside the image");
    require(word.block > 0 && word.paragraph > 0 && word.line > 0 && word.index > 0,
            "a word has no number");
    require(word.characters.size() <= 200, "a word has too many characters");
  }
  (void)plain_text(result);
}

void check_hello(const EngineHello& hello) {
  require(!hello.languages.empty(), "no language");
  for (const EngineOption& option : hello.options) {
    require(option.low <= option.initial && option.initial <= option.high,
            "an option's initial value is out of range");
  }
  (void)hello.supports("eng+fra");
}

}  // namespace ocrtune::fuzz
