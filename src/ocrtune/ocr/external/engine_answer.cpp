// The answer of an engine: its lines, words and characters.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/json_fields.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/documents/box.h"
#include "ocrtune/ocr/external/engine_protocol.h"

namespace ocrtune {

using nlohmann::json;

namespace {

constexpr std::size_t kMaxLines = 20'000;
constexpr std::size_t kMaxWords = 100'000;
constexpr std::size_t kMaxWordBytes = 1000;
constexpr std::size_t kMaxLineBytes = 100'000;
constexpr std::size_t kMaxCorners = 100;
constexpr std::size_t kMaxCharacters = 200;
constexpr std::size_t kMaxAlternatives = 20;
/// Beyond any image, so that a box may be clipped.
constexpr double kFarthest = 1e9;

/// Text without control characters; white space is allowed only between words.
std::string checked_text(JsonFields& fields, const std::string& name, std::size_t limit,
                         bool white_space) {
  std::string text = fields.text(name, limit);
  if (!is_utf8(text)) fields.refuse(name, tr("must be UTF-8"));
  const bool refused = std::ranges::any_of(text, [white_space](char c) {
    const auto code = static_cast<unsigned char>(c);
    return code == 0x7F ||
           (code <= 0x20 && !(white_space && (c == ' ' || c == '\n' || c == '\r' || c == '\t')));
  });
  if (refused)
    fields.refuse(name, white_space ? tr("must be text without control characters")
                                    : tr("must be text without white space"));
  return text;
}

int clipped(double value, int most) {
  return static_cast<int>(std::clamp(value, 0.0, static_cast<double>(most)));
}

/// The smallest box around points, inside the image.
Box clipped_box(double left, double top, double right, double bottom, const cv::Size& size) {
  return {.left = clipped(std::floor(left), size.width),
          .top = clipped(std::floor(top), size.height),
          .right = clipped(std::ceil(right), size.width),
          .bottom = clipped(std::ceil(bottom), size.height)};
}

/// A list of `count` numbers.
std::vector<double> numbers(const json& list, std::size_t count, const JsonFields& fields,
                            const std::string& name) {
  std::vector<double> values;
  if (list.is_array() && list.size() == count) {
    for (const json& value : list) {
      if (!value.is_number()) break;
      const auto number = value.get<double>();
      if (std::abs(number) <= kFarthest) values.push_back(number);
    }
  }
  if (values.size() != count) fields.refuse(name, tr("must have {} numbers", count));
  return values;
}

Box polygon_box(JsonFields& fields, const cv::Size& size) {
  const json& corners = fields.array("polygon", kMaxCorners);
  if (corners.size() < 3) fields.refuse("polygon", tr("must have at least three corners"));
  std::vector<double> x;
  std::vector<double> y;
  for (const json& corner : corners) {
    const std::vector<double> point = numbers(corner, 2, fields, "polygon");
    x.push_back(point[0]);
    y.push_back(point[1]);
  }
  const auto [left, right] = std::ranges::minmax(x);
  const auto [top, bottom] = std::ranges::minmax(y);
  return clipped_box(left, top, right, bottom, size);
}

/// The box of a line or word inside the image; nothing if it has no position.
std::optional<Box> box_in(JsonFields& fields, const cv::Size& size) {
  if (!fields.absent("polygon")) return polygon_box(fields, size);
  if (fields.absent("box")) return std::nullopt;
  const std::vector<double> sides = numbers(fields.array("box", 4), 4, fields, "box");
  if (sides[2] < sides[0] || sides[3] < sides[1])
    fields.refuse("box", tr("must be left, top, right, bottom"));
  return clipped_box(sides[0], sides[1], sides[2], sides[3], size);
}

std::optional<int> confidence_in(JsonFields& fields) {
  if (fields.absent("confidence")) return std::nullopt;
  return static_cast<int>(std::lround(fields.number("confidence", 0, 1) * 100));
}

Character parse_character(const json& object, const std::string& place) {
  JsonFields fields(object, place);
  Character character{.text = checked_text(fields, "text", 20, false),
                      .probability = fields.number("probability", 0, 1),
                      .alternatives = {}};
  if (fields.absent("alternatives")) return character;
  for (const json& pair : fields.array("alternatives", kMaxAlternatives)) {
    if (!pair.is_array() || pair.size() != 2 || !pair[0].is_string())
      fields.refuse("alternatives", tr("must be pairs of text and probability"));
    const json named = {{"text", pair[0]}, {"probability", pair[1]}};
    JsonFields one(named, fields.place_of("alternatives"));
    character.alternatives.push_back({.text = checked_text(one, "text", 20, false),
                                      .probability = one.number("probability", 0, 1)});
  }
  return character;
}

void put_box(Word& word, const std::optional<Box>& box) {
  if (!box) return;
  word.left = static_cast<int>(box->left);
  word.top = static_cast<int>(box->top);
  word.right = static_cast<int>(box->right);
  word.bottom = static_cast<int>(box->bottom);
}

/// Collects the words of an answer and numbers them.
class AnswerWords {
 public:
  AnswerWords(OcrResult& result, const cv::Size& size) : result_(result), size_(size) {}

  void add_line(const json& object, std::size_t number) {
    JsonFields fields(object, fmt::format("lines[{}]", number));
    begin_line(fields);
    const std::optional<Box> box = box_in(fields, size_);
    const int confidence = confidence_in(fields).value_or(0);
    if (fields.absent("words")) {
      const std::string text = checked_text(fields, "text", kMaxLineBytes, true);
      for (Word& word : words_of_text(text, box)) {
        word.confidence = confidence;
        add(std::move(word));
      }
      return;
    }
    const json& words = fields.array("words", kMaxWords);
    for (std::size_t i = 0; i < words.size(); ++i) {
      JsonFields word(words[i], fields.place_of(fmt::format("words[{}]", i)));
      add(parsed(word, confidence));
    }
  }

  void add_text(const std::string& text) {
    for (const std::string& line : split(text, '\n')) {
      begin(Begins::line);
      for (Word& word : words_of_text(line, std::nullopt)) add(std::move(word));
    }
  }

 private:
  /// What begins with the next word; lines, paragraphs and blocks without words take no number.
  enum class Begins { nothing, line, paragraph, block };

  void begin(Begins what) { begins_ = std::max(begins_, what); }

  void begin_line(JsonFields& fields) {
    begin(Begins::line);
    const auto changes = [&](const char* name, long long& given) {
      const long long number = fields.absent(name) ? given : fields.whole(name, 1, kMaxLines);
      return std::exchange(given, number) != number;
    };
    if (changes("paragraph", given_paragraph_)) begin(Begins::paragraph);
    if (changes("block", given_block_)) begin(Begins::block);
  }

  [[nodiscard]] Word parsed(JsonFields& fields, int line_confidence) const {
    Word word;
    word.text = checked_text(fields, "text", kMaxWordBytes, false);
    word.confidence = confidence_in(fields).value_or(line_confidence);
    put_box(word, box_in(fields, size_));
    if (fields.absent("characters")) return word;
    const json& characters = fields.array("characters", kMaxCharacters);
    for (std::size_t i = 0; i < characters.size(); ++i)
      word.characters.push_back(
          parse_character(characters[i], fields.place_of(fmt::format("characters[{}]", i))));
    return word;
  }

  /// The words of a line's text; its box is divided in proportion to the characters.
  static std::vector<Word> words_of_text(const std::string& text, const std::optional<Box>& box) {
    std::vector<Word> words;
    const std::u32string characters = normalized_code_points(text);
    std::size_t at = 0;
    for (const std::u32string_view part : words_of(characters)) {
      Word& word = words.emplace_back(Word{.text = utf8(std::u32string(part))});
      if (box) {
        const auto x = [&](std::size_t count) {
          return box->left + box->width() * static_cast<std::int64_t>(count) /
                                 static_cast<std::int64_t>(characters.size());
        };
        put_box(word, Box{.left = x(at),
                          .top = box->top,
                          .right = x(at + part.size()),
                          .bottom = box->bottom});
      }
      at += part.size() + 1;
    }
    return words;
  }

  void add(Word word) {
    if (word.text.empty()) return;
    if (result_.words.size() == kMaxWords)
      throw Error(Errc::invalid_argument, tr("`lines`: more than {} words", kMaxWords));
    const Word* last = result_.words.empty() ? nullptr : &result_.words.back();
    const auto number = [&](int Word::*field, Begins upwards, Begins from) {
      if (last == nullptr || begins_ >= upwards) return 1;
      return last->*field + (begins_ >= from ? 1 : 0);
    };
    constexpr auto kNever = static_cast<Begins>(static_cast<int>(Begins::block) + 1);
    word.block = number(&Word::block, kNever, Begins::block);
    word.paragraph = number(&Word::paragraph, Begins::block, Begins::paragraph);
    word.line = number(&Word::line, Begins::paragraph, Begins::line);
    word.index = number(&Word::index, Begins::line, Begins::nothing);
    begins_ = Begins::nothing;
    result_.words.push_back(std::move(word));
  }

  OcrResult& result_;
  cv::Size size_;
  long long given_block_ = 1;
  long long given_paragraph_ = 1;
  Begins begins_ = Begins::nothing;
};

}  // namespace

EngineAnswer parse_answer(std::string_view line, const EngineRequest& request) {
  const json object = parse_json(line);
  JsonFields fields(object, "");
  const long long id = fields.whole("id", 0, INT64_MAX);
  if (id != request.id) fields.refuse("id", tr("is {}; the request has {}", id, request.id));
  EngineAnswer answer{
      .result = {.words = {}, .width = request.size.width, .height = request.size.height},
      .error = ""};
  if (!fields.absent("error")) {
    answer.error = quotable(trimmed(fields.text("error", kMaxLineBytes)));
    if (answer.error.empty()) fields.refuse("error", tr("must be one line of text"));
    return answer;
  }
  AnswerWords words(answer.result, request.size);
  if (!fields.absent("text")) {
    words.add_text(checked_text(fields, "text", kMaxAnswerBytes, true));
    return answer;
  }
  const json& lines = fields.array("lines", kMaxLines);
  for (std::size_t i = 0; i < lines.size(); ++i) words.add_line(lines[i], i);
  return answer;
}

}  // namespace ocrtune
