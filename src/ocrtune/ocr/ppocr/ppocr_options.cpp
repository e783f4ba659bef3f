#include "ocrtune/ocr/ppocr/ppocr_options.h"

#include <functional>
#include <string_view>
#include <utility>

namespace ocrtune::ppocr {
namespace {

/// An option, and where its value goes.
struct Declared {
  EngineOption option;
  std::function<void(PpocrOptions&, const EngineValue&)> set;
};

std::string choice_of(const EngineValue& value) {
  return value.option.choices.at(static_cast<std::size_t>(value.value));
}

const std::vector<Declared>& declared() {
  static const PpocrOptions kInitial;
  static const std::vector<Declared> kDeclared{
      {{.name = "model",
        .type = EngineOptionType::category,
        .high = 2,
        .initial = 1,
        .choices = {"tiny", "small", "medium"},
        .help = "models of PP-OCRv6"},
       [](PpocrOptions& options, const EngineValue& value) { options.model = choice_of(value); }},
      {{.name = "precision",
        .type = EngineOptionType::category,
        .high = 1,
        .choices = {"f32", "bf16"},
        .help = "numbers of the networks; bf16 needs a processor with bfloat16"},
       [](PpocrOptions& options, const EngineValue& value) {
         options.precision = choice_of(value) == "bf16" ? Precision::bf16 : Precision::f32;
       }},
      {{.name = "size",
        .type = EngineOptionType::integer,
        .low = 320,
        .high = 4000,
        .initial = static_cast<double>(kInitial.detection.size),
        .unit = "px",
        .help = "longer side of the page for the detection of lines"},
       [](PpocrOptions& options, const EngineValue& value) {
         options.detection.size = static_cast<int>(value.value);
       }},
      {{.name = "score",
        .low = 0.2,
        .high = 0.9,
        .initial = kInitial.detection.score,
        .help = "least mean probability of text in a line's region"},
       [](PpocrOptions& options, const EngineValue& value) {
         options.detection.score = value.value;
       }},
      {{.name = "unclip",
        .low = 1.2,
        .high = 2.4,
        .initial = kInitial.detection.unclip,
        .help = "growth of the detected core of a line, in its area by its perimeter"},
       [](PpocrOptions& options, const EngineValue& value) {
         options.detection.unclip = value.value;
       }},
      {{.name = "confidence",
        .low = 0,
        .high = 0.99,
        .initial = kInitial.confidence,
        .help = "least mean probability of a line's characters; other lines are left out"},
       [](PpocrOptions& options, const EngineValue& value) { options.confidence = value.value; }}};
  return kDeclared;
}

}  // namespace

const std::vector<EngineOption>& declared_options() {
  static const std::vector<EngineOption> kOptions = [] {
    std::vector<EngineOption> options;
    for (const Declared& each : declared()) options.push_back(each.option);
    return options;
  }();
  return kOptions;
}

PpocrOptions options_of(const std::map<std::string, std::string>& values) {
  PpocrOptions options;
  for (const auto& [name, text] : values) {
    const EngineValue value = option_value(declared_options(), name, text);
    for (const Declared& each : declared()) {
      if (each.option.name == name) each.set(options, value);
    }
  }
  return options;
}

}  // namespace ocrtune::ppocr
