#include "fuzz/answer_fuzz.h"

#include <fmt/format.h>

#include <cstddef>
#include <iterator>
#include <nlohmann/json.hpp>

#include "fuzz/cases.h"
#include "fuzz/mutation.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/random.h"
#include "ocrtune/base/text.h"
#include "ocrtune/ocr/external/engine_protocol.h"

namespace ocrtune::fuzz {
namespace {

using nlohmann::json;

constexpr std::size_t kAnswerMemory = 8'000'000;
constexpr std::size_t kAnswerMemoryPerByte = 400;

const json kHello = json::parse(R"({
  "protocol": 1, "version": "Fake 1.0", "models": "4f8f", "languages": ["eng", "fra"],
  "confidence": "mean probability",
  "options": [{"name": "size", "type": "integer", "low": 640, "high": 2560, "initial": 1600, "unit": "px", "help": "longer side"},
              {"name": "order", "type": "category", "choices": ["rows", "columns"], "initial": "rows"}]})");

const json kLines = json::parse(R"({"id": 1, "lines": [
  {"box": [1, 2, 90, 12], "block": 1, "paragraph": 2, "words": [
    {"text": "Total", "box": [1, 2, 40, 12], "confidence": 0.9,
     "characters": [{"text": "T", "probability": 0.9, "alternatives": [["I", 0.05], ["7", 0.01]]}]},
    {"text": "é", "polygon": [[50, 2], [60.5, 3], [55, 12]]}]},
  {"text": "one line of text", "box": [1, 20, 90, 30], "confidence": 0.5}]})");

const json kText = json::parse(R"({"id": 1, "text": "Dear Sir,\n\nthank you"})");
const json kError = json::parse(R"({"id": 1, "error": "no image"})");

/// A value where none of its kind is expected.
json hostile_value(Random& random) {
  static const std::vector<json> kValues{
      nullptr,
      true,
      "",
      " ",
      "a b",
      "a\nb",
      std::string("a\0b", 3),
      "\x1b[2J",
      "\u202e",
      "\U0010FFFF",
      0,
      -1,
      1,
      2,
      0.5,
      1e9,
      -1e9,
      1.1e9,
      1e300,
      -1e300,
      1e-300,
      INT64_MAX,
      INT64_MIN,
      UINT64_MAX,
      json::array(),
      json::object(),
      json::array({json::array()}),
      json::array({1, 2, 3, 4}),
      json::array({-5, -5, 1e8, 1e8}),
      json::array({4, 3, 2, 1}),
      json::array({"a", "b"}),
      json::array({json::array({1, 2}), json::array({3, 4}), json::array({5, 6})})};
  const std::size_t which = below(random, kValues.size() + 2);
  if (which < kValues.size()) return kValues[which];
  return std::string(below(random, 3000), which == kValues.size() ? 'a' : ' ');
}

/// A place of a document below the root, by a walk down that may end at any depth; empty if the
/// document has none. Takes no more time for large documents.
json::json_pointer any_place(const json& document, Random& random) {
  json::json_pointer place;
  for (const json* at = &document; at->is_structured() && !at->empty();) {
    if (!place.empty() && random.chance(0.25)) break;
    const std::size_t which = below(random, at->size());
    if (at->is_array()) {
      place.push_back(std::to_string(which));
      at = &(*at)[which];
    } else {
      const auto field = std::next(at->begin(), static_cast<std::ptrdiff_t>(which));
      place.push_back(field.key());
      at = &*field;
    }
  }
  return place;
}

json mutated(json document, Random& random) {
  for (std::size_t count = below(random, 4); count > 0; --count) {
    const json::json_pointer at = any_place(document, random);
    if (at.empty()) return document;
    json& holder = document.at(at.parent_pointer());
    switch (below(random, 4)) {
      case 0:
        if (holder.is_object()) holder.erase(at.back());
        break;
      case 1:
        if (holder.is_array()) {
          const json copy = holder;
          for (std::size_t times = below(random, 50); times > 0 && holder.size() < 5000; --times)
            holder.insert(holder.end(), copy.begin(), copy.end());
        }
        break;
      case 2: {
        // A copy: its own holder would change while it is assigned.
        const json other = document.at(any_place(document, random));
        document.at(at) = other;
        break;
      }
      default:
        document.at(at) = hostile_value(random);
    }
  }
  return document;
}

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

class AnswerFuzzer {
 public:
  explicit AnswerFuzzer(const Options& options) : options_(options) {}

  void run() {
    run_cases(options_, [this](std::uint64_t number) { run_case(number); });
    fmt::print(
        "{} cases in {:.1f} s: {} accepted, {} refused; at most {:.1f} ms and {:.1f} MB a case\n",
        options_.cases, usage_.seconds, accepted_, options_.cases - accepted_, 1e3 * usage_.slowest,
        1e-6 * static_cast<double>(usage_.greatest));
  }

 private:
  void run_case(std::uint64_t number) {
    Random random(mix64(static_cast<std::uint64_t>(options_.seed)) ^ number);
    static const std::vector<const json*> kSeeds{&kHello, &kLines, &kLines,
                                                 &kLines, &kText,  &kError};
    const json& seed = *kSeeds[below(random, kSeeds.size())];
    std::string line = mutated(seed, random).dump(-1, ' ', false, json::error_handler_t::replace);
    if (random.chance(0.5)) {
      ModelBytes bytes(line.begin(), line.end());
      damage(bytes, random);
      line.assign(bytes.begin(), bytes.end());
    }
    const Limits limits{.bytes = kAnswerMemory + kAnswerMemoryPerByte * line.size()};
    bool accepted = false;
    run_limited(limits, usage_, [&] { accepted = accepts(line, &seed == &kHello); });
    accepted_ += accepted ? 1 : 0;
  }

  bool accepts(const std::string& line, bool is_hello) {
    try {
      if (is_hello) {
        check_hello(parse_hello(line));
      } else {
        check_words(parse_answer(line, request_).result, request_);
      }
      return true;
    } catch (const Error& error) {
      const std::string message = error.what();
      require(error.code() == Errc::invalid_argument, "an error of another kind");
      require(!message.empty() && quotable(message, 1000) == message, "an error of odd lines");
      if (options_.trace) fmt::print(stderr, "{}\n", message);
      return false;
    }
  }

  Options options_;
  EngineRequest request_{.id = 1, .size = {100, 60}, .dpi = 0, .lang = "eng"};
  long long accepted_ = 0;
  Usage usage_;
};

}  // namespace

void fuzz_answer(const Options& options) { AnswerFuzzer(options).run(); }

}  // namespace ocrtune::fuzz
