#pragma once

#include <rapidcheck.h>

#include <string>
#include <vector>

#include "ocrtune/documents/ocr_result.h"

namespace ocrtune::test {

/// A word of a made page: so many columns (of 10 px) from the left, a column a character.
inline Word word_at(int column, int line, const std::string& text, int confidence = 90,
                    int columns = 0) {
  const int width = columns > 0 ? columns : static_cast<int>(text.size());
  return {.text = text,
          .confidence = confidence,
          .left = 10 * column,
          .top = 40 * line,
          .right = 10 * (column + width) - 2,
          .bottom = 40 * line + 24,
          .block = 1,
          .paragraph = 1,
          .line = line,
          .index = 1};
}

/// Numbers the words of a line, and the lines of a paragraph, as a recognizer does.
inline OcrResult ocr_result_of(std::vector<Word> words) {
  int line = 0;
  int made_line = 0;
  int index = 0;
  for (Word& word : words) {
    if (line == 0 || word.line != made_line) {
      ++line;
      index = 0;
    }
    made_line = word.line;
    word.line = line;
    word.index = ++index;
  }
  return {.words = std::move(words), .width = 1000, .height = 1000};
}

inline std::vector<std::string> texts_of(const OcrResult& ocr_result) {
  std::vector<std::string> texts;
  for (const Word& word : ocr_result.words) texts.push_back(word.text);
  return texts;
}

/// OcrResults with few different words in any boxes, some of them empty, huge or turned inside out.
inline rc::Gen<OcrResult> any_ocr_result() {
  const auto side = rc::gen::oneOf(rc::gen::inRange(0, 60), rc::gen::inRange(0, 60),
                                   rc::gen::inRange(-100, 1000), rc::gen::arbitrary<int>());
  const auto text = rc::gen::element<std::string>("a", "b", "ab", "a-b", "|", "", "word", "w0rd",
                                                  "lengthy", "\xc3\xa9", "\xff");
  const auto word = rc::gen::build<Word>(
      rc::gen::set(&Word::text, text), rc::gen::set(&Word::confidence, rc::gen::inRange(0, 101)),
      rc::gen::set(&Word::left, side), rc::gen::set(&Word::top, side),
      rc::gen::set(&Word::right, side), rc::gen::set(&Word::bottom, side),
      rc::gen::set(&Word::line, rc::gen::inRange(1, 5)));
  return rc::gen::map(rc::gen::container<std::vector<Word>>(word),
                      [](std::vector<Word> words) { return ocr_result_of(std::move(words)); });
}

/// OcrResults of one made page, which lose, change, split and join its words.
inline rc::Gen<OcrResult> ocr_result_of_a_page() {
  return rc::gen::map(
      rc::gen::container<std::vector<int>>(24, rc::gen::inRange(0, 12)),
      [](const std::vector<int>& fates) {
        std::vector<Word> words;
        for (int i = 0; i < 24; ++i) {
          const int line = 1 + i / 6;
          const int column = 12 * (i % 6);
          const int fate = fates[static_cast<std::size_t>(i)];
          const int confidence = 40 + 5 * fate;
          const std::string text = "word" + std::to_string(i);
          if (fate == 0) continue;
          if (fate == 1) {
            words.push_back(word_at(column, line, "wo", confidence));
            words.push_back(word_at(column + 3, line, "rd", confidence));
          } else if (fate == 2) {
            words.push_back(word_at(column, line, "joined", confidence, 9));
          } else {
            words.push_back(word_at(column, line, fate < 5 ? "w0rd" : text, confidence, 7));
          }
        }
        return ocr_result_of(std::move(words));
      });
}

}  // namespace ocrtune::test
