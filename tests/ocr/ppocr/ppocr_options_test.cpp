#include "ocrtune/ocr/ppocr/ppocr_options.h"

#include <gtest/gtest.h>

#include "support/errors.h"

namespace ocrtune::ppocr {
namespace {

/// What an option's initial value is as text.
std::string initial_text(const EngineOption& option) {
  return option.type == EngineOptionType::category
             ? option.choices.at(static_cast<std::size_t>(option.initial))
             : std::to_string(option.initial);
}

TEST(PpocrOptions, InitialValuesAreThoseOfNoValues) {
  std::map<std::string, std::string> values;
  for (const EngineOption& option : declared_options()) values[option.name] = initial_text(option);
  const PpocrOptions stated = options_of(values);
  const PpocrOptions none = options_of({});
  EXPECT_EQ(stated.model, none.model);
  EXPECT_EQ(stated.precision, none.precision);
  EXPECT_EQ(stated.detection.size, none.detection.size);
  EXPECT_NEAR(stated.detection.score, none.detection.score, 1e-6);
  EXPECT_NEAR(stated.detection.unclip, none.detection.unclip, 1e-6);
  EXPECT_NEAR(stated.confidence, none.confidence, 1e-6);
}

TEST(PpocrOptions, EachIsSet) {
  const PpocrOptions options = options_of({{"model", "tiny"},
                                           {"precision", "bf16"},
                                           {"size", "960"},
                                           {"score", "0.25"},
                                           {"unclip", "2"},
                                           {"confidence", "0"}});
  EXPECT_EQ(options.model, "tiny");
  EXPECT_EQ(options.precision, Precision::bf16);
  EXPECT_EQ(options.detection.size, 960);
  EXPECT_EQ(options.detection.score, 0.25);
  EXPECT_EQ(options.detection.unclip, 2);
  EXPECT_EQ(options.confidence, 0);
}

TEST(PpocrOptions, OthersAreRefused) {
  for (const auto& [name, value] : std::map<std::string, std::string>{
           {"model", "huge"}, {"size", "10"}, {"confidence", "1"}, {"colour", "1"}}) {
    const std::string said = test::error_of(Errc::invalid_argument, [&] {
      (void)options_of({{name, value}});
    });
    EXPECT_TRUE(test::contains(said, name)) << said;
  }
}

}  // namespace
}  // namespace ocrtune::ppocr
