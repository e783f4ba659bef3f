#include "ocrtune/documents/ocr_result_json.h"

#include <cstdint>
#include <nlohmann/json.hpp>

#include "ocrtune/base/error.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {
namespace {

using nlohmann::json;

json characters_json(const std::vector<Character>& characters) {
  json list = json::array();
  for (const Character& character : characters) {
    json one = {character.text, character.probability};
    for (const CharacterChoice& choice : character.alternatives) {
      one.push_back(choice.text);
      one.push_back(choice.probability);
    }
    list.push_back(std::move(one));
  }
  return list;
}

Character character_of(const json& list) {
  Character character{
      .text = list.at(0).get<std::string>(), .probability = list.at(1), .alternatives = {}};
  for (std::size_t i = 2; i < list.size(); i += 2) {
    character.alternatives.push_back(
        {.text = list.at(i).get<std::string>(), .probability = list.at(i + 1)});
  }
  return character;
}

/// A whole number that no position of a page exceeds.
int whole_number(const json& value) {
  constexpr std::int64_t kMost = 10'000'000;
  const std::int64_t number = value.is_number_integer() ? value.get<std::int64_t>() : kMost + 1;
  if (number < -kMost || number > kMost)
    throw Error(Errc::study_error, tr("is damaged: an OCR result can't be read"));
  return static_cast<int>(number);
}

Word word_of(const json& list) {
  Word word{.text = list.at(0).get<std::string>(),
            .confidence = whole_number(list.at(1)),
            .left = whole_number(list.at(2)),
            .top = whole_number(list.at(3)),
            .right = whole_number(list.at(4)),
            .bottom = whole_number(list.at(5)),
            .block = whole_number(list.at(6)),
            .paragraph = whole_number(list.at(7)),
            .line = whole_number(list.at(8)),
            .index = whole_number(list.at(9)),
            .space_before = list.at(10)};
  if (list.size() > 11) {
    for (const json& character : list.at(11)) word.characters.push_back(character_of(character));
  }
  return word;
}

}  // namespace

json ocr_result_json(const OcrResult& ocr_result) {
  json words = json::array();
  for (const Word& word : ocr_result.words) {
    json list = {word.text,  word.confidence, word.left, word.top,   word.right,       word.bottom,
                 word.block, word.paragraph,  word.line, word.index, word.space_before};
    if (!word.characters.empty()) list.push_back(characters_json(word.characters));
    words.push_back(std::move(list));
  }
  return {{"width", ocr_result.width}, {"height", ocr_result.height}, {"words", std::move(words)}};
}

OcrResult ocr_result_of(const json& object) {
  try {
    OcrResult result{.words = {},
                     .width = whole_number(object.at("width")),
                     .height = whole_number(object.at("height"))};
    for (const json& word : object.at("words")) result.words.push_back(word_of(word));
    return result;
  } catch (const json::exception&) {
    throw Error(Errc::study_error, tr("is damaged: an OCR result can't be read"));
  }
}

}  // namespace ocrtune
