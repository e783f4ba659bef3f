#include "ocrtune/documents/page_json.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "ocrtune/base/error.h"
#include "ocrtune/base/json_fields.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {
namespace {

using nlohmann::json;

constexpr long long kMostPixels = 1'000'000'000;
constexpr std::size_t kMostWords = 1'000'000;

int whole_field(JsonFields& fields, const char* name, long long high) {
  return static_cast<int>(fields.whole(name, 0, high));
}

bool is_place(const json& side) {
  return side.is_number_integer() && std::abs(side.get<double>()) <= kMostPixels;
}

Word word_in(const json& object, const std::string& place) {
  JsonFields fields(object, place);
  const json& box = fields.array("box", 4);
  if (box.size() != 4 || !std::ranges::all_of(box, is_place))
    fields.refuse("box", tr("must be four whole numbers"));
  Word word{.text = fields.text("text", 100'000),
            .confidence = whole_field(fields, "confidence", 100),
            .left = box[0],
            .top = box[1],
            .right = box[2],
            .bottom = box[3],
            .block = whole_field(fields, "block", kMostPixels),
            .paragraph = whole_field(fields, "paragraph", kMostPixels),
            .line = whole_field(fields, "line", kMostPixels),
            .index = whole_field(fields, "word", kMostPixels),
            .space_before = fields.boolean("space_before")};
  if (!fields.absent("alternatives")) {
    for (const std::string& text : fields.texts("alternatives", 100))
      if (!text.empty()) word.alternatives.push_back(text);
  }
  return word;
}

}  // namespace

json word_json(const Word& word) {
  json object = {{"text", word.text},
                 {"confidence", word.confidence},
                 {"box", {word.left, word.top, word.right, word.bottom}}};
  if (!word.alternatives.empty()) object["alternatives"] = word.alternatives;
  return object;
}

std::string page_json_text(const OcrResult& ocr_result, const PageSource& source) {
  json words = json::array();
  for (const Word& word : ocr_result.words) {
    json object = word_json(word);
    object.update({{"block", word.block},
                   {"paragraph", word.paragraph},
                   {"line", word.line},
                   {"word", word.index},
                   {"space_before", word.space_before}});
    words.push_back(std::move(object));
  }
  json page = {{"page", source.name},         {"number", source.number},
               {"program", source.program},   {"width", ocr_result.width},
               {"height", ocr_result.height}, {"rotate", 90 * source.turns},
               {"words", std::move(words)}};
  if (!source.language.empty()) page["language"] = source.language;
  return page.dump(-1, ' ', false, json::error_handler_t::replace) + '\n';
}

OcrResult parse_page_json(std::string_view text) {
  try {
    const json page = parse_json(text);
    JsonFields fields(page, "");
    OcrResult result{.words = {},
                     .width = whole_field(fields, "width", kMostPixels),
                     .height = whole_field(fields, "height", kMostPixels)};
    for (const json& word : fields.array("words", kMostWords))
      result.words.push_back(word_in(word, fields.place_of("words")));
    return result;
  } catch (const Error& error) {
    throw Error(Errc::input_unreadable, error.what());
  }
}

}  // namespace ocrtune
