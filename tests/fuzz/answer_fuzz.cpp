#include "fuzz/answer_fuzz.h"

#include <fmt/format.h>

#include <cstddef>
#include <iterator>
#include <nlohmann/json.hpp>

#include "fuzz/cases.h"
#include "fuzz/common/answers.h"
#include "fuzz/common/mutation.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/random.h"
#include "ocrtune/base/text.h"
#include "ocrtune/ocr/external/engine_protocol.h"

namespace ocrtune::fuzz {
namespace {

using nlohmann::json;

constexpr std::size_t kAnswerMemory = 8'000'000;
constexpr std::size_t kAnswerMemoryPerByte = 400;

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
    static const json kHello = json::parse(kSeedHello);
    static const json kLines = json::parse(kSeedLines);
    static const json kText = json::parse(kSeedText);
    static const json kError = json::parse(kSeedError);
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
