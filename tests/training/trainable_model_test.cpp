#include "ocrtune/training/trainable_model.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <filesystem>

#include "ocrtune/base/error.h"
#include "ocrtune/ocr/engines/engine_registry.h"
#include "ocrtune/ocr/languages.h"
#include "support/errors.h"
#include "support/images.h"
#include "support/model_files.h"
#include "support/temp_folder.h"

namespace ocrtune::training {
namespace {

using tessdata::Component;
using tessdata::TrainedData;

constexpr float kRate = 0.0005F;

TrainedData tiny(const test::TinyModel& model = {}) {
  return TrainedData::parse(test::tiny_model(model), "tiny");
}

TrainedData installed(const std::string& language) {
  return TrainedData::open(std::filesystem::path(tessdata_folder("")) /
                           (language + ".traineddata"));
}

TrainedData file_of(const TrainableModel& model) {
  return TrainedData::parse(tessdata::traineddata_bytes(model.components), "made");
}

/// What an engine recognizes with the model as English.
std::string recognized(const TrainedData& model, const OcrEngine& engine, const cv::Mat& line) {
  const test::TempFolder folder;
  folder.write("eng.traineddata", tessdata::traineddata_bytes(tessdata::components_of(model)));
  const auto recognizer = engine.open("eng", {.psm = 7, .tessdata = folder.path().string()});
  const std::atomic<bool> stop = false;
  const auto result = recognizer->read({.gray = line}, {}, stop);
  std::string text;
  if (!result) return text;
  for (const Word& word : result->words) text += word.text + " ";
  return text;
}

TEST(TrainableModel, RecognizesWhatTheIntegerModelDid) {
  const TrainedData base = installed("eng");
  const TrainedData made = file_of(trainable_model(base, {}, kRate));
  const cv::Mat line = test::rendered("Ten small boats, 1890");
  for (const char* name : {"tesseract", "lstm"}) {
    const OcrEngine* engine = find_engine(name);
    if (engine == nullptr || engine->refuses("eng", {})) continue;
    const std::string text = recognized(base, *engine, line);
    EXPECT_EQ(text, "Ten small boats, 1890 ");
    EXPECT_EQ(recognized(made, *engine, line), text) << name;
  }
}

TEST(TrainableModel, WithAddedCharactersRecognizesTheSameAtFirst) {
  const TrainableModel model =
      trainable_model(installed("eng"), {{"ſ", "f"}, {"ꝑ", "p"}, {"☞", ""}}, kRate);
  const cv::Mat line = test::rendered("Ten small boats, 1890");
  EXPECT_EQ(recognized(file_of(model), reference_engine(), line), "Ten small boats, 1890 ");
}

TEST(TrainableModel, KeepsTheWeightsOfFloatModels) {
  for (const bool inside : {false, true}) {
    test::TinyModel shape{.inside = inside};
    shape.network.integer = false;
    const TrainableModel once = trainable_model(tiny(shape), {}, kRate);
    const auto& network = once.components.at(Component::network);
    const test::ModelBytes before = test::network_bytes(shape.network);
    EXPECT_TRUE(std::equal(before.begin(), before.end(), network.begin()));
    const TrainableModel twice = trainable_model(file_of(once), {}, kRate);
    EXPECT_EQ(twice.components, once.components);
  }
}

TEST(TrainableModel, OfIntegersHasTheirValues) {
  // The first matrix of two networks that only differ in their weights' kind.
  const TrainableModel model = trainable_model(tiny(), {}, kRate);
  const auto& network = model.components.at(Component::network);
  test::TinyNetwork shape;
  const test::ModelBytes integers = test::network_bytes(shape);
  const auto differ = std::mismatch(integers.begin(), integers.end(), network.begin());
  const auto at = differ.first - integers.begin();  // the matrix's flags
  const std::int64_t rows = shape.features;
  const std::int64_t columns = 9 + 1;
  ASSERT_EQ(integers[static_cast<std::size_t>(at)], 129);
  ASSERT_EQ(network[static_cast<std::size_t>(at)], 128);
  const std::uint8_t* whole = integers.data() + at + 1 + 8 + 1;
  const std::uint8_t* floats = network.data() + at + 1 + 8 + 8;
  for (std::int64_t i = 0; i < rows * columns; ++i) {
    double scale = 0;
    double weight = 0;
    std::memcpy(&scale, whole + rows * columns + 4 + 8 * (i / columns), sizeof scale);
    std::memcpy(&weight, floats + 8 * i, sizeof weight);
    EXPECT_EQ(weight, static_cast<std::int8_t>(whole[i]) * scale);
  }
}

TEST(TrainableModel, HasAddedCharactersOnce) {
  const TrainableModel base = trainable_model(tiny(), {}, kRate);
  const TrainableModel model =
      trainable_model(tiny(), {{"ſ", "b"}, {"a", "b"}, {"ſ", ""}, {"ﬁ", ""}, {"é", "x"}}, kRate);
  EXPECT_EQ(model.characters.size(), base.characters.size() + 2);
  const auto id = model.characters.id_of("ſ");
  ASSERT_TRUE(id);
  EXPECT_TRUE(model.characters[*id].lower);
  EXPECT_EQ(model.characters.scripts()[static_cast<std::size_t>(model.characters[*id].script)],
            "Latin");
  EXPECT_EQ(model.codes[static_cast<std::size_t>(*id)], std::vector<int>{12});
  EXPECT_EQ(model.codes[static_cast<std::size_t>(*model.characters.id_of("é"))],
            std::vector<int>{13});
  // It is a model itself.
  EXPECT_EQ(trainable_model(file_of(model), {}, kRate).components, model.components);
}

TEST(TrainableModel, HasTheRateInEveryLayer) {
  const TrainedData base = installed("eng");
  const auto count = [&](float rate) {
    const TrainableModel model = trainable_model(base, {}, rate);
    const auto& network = model.components.at(Component::network);
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(&rate);
    int found = 0;
    for (auto at = network.begin();; ++at, ++found) {
      at = std::search(at, network.end(), bytes, bytes + sizeof rate);
      if (at == network.end()) return found;
    }
  };
  EXPECT_EQ(count(0.000123F), count(0.000321F));
  EXPECT_GT(count(0.000123F), 1);
}

TEST(TrainableModel, RefusesWhatCannotBeAdded) {
  for (const char* text : {"", "a b", "\n", "\xff", "abcdefghijklmnopqrstuvwxyz"}) {
    test::error_of(Errc::dependency_missing, [&] { trainable_model(tiny(), {{text, ""}}, kRate); });
  }
}

/// Made trainable, or refused with an Error.
void expect_no_crash(const tessdata::Components& components) {
  try {
    const TrainedData data = TrainedData::parse(tessdata::traineddata_bytes(components), "hostile");
    trainable_model(data, {{"ſ", "b"}}, kRate);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::dependency_missing);
  }
}

TEST(TrainableModel, RefusesTruncatedModels) {
  for (const bool inside : {false, true}) {
    const test::Components whole = test::tiny_components({.inside = inside});
    for (const auto& [component, bytes] : whole) {
      for (std::size_t size = 0; size < bytes.size(); ++size) {
        test::Components cut = whole;
        cut[component].resize(size);
        expect_no_crash(cut);
      }
    }
  }
}

RC_GTEST_PROP(TrainableModel, RefusesOrTakesDamagedModels, ()) {
  test::TinyModel shape{.inside = *rc::gen::arbitrary<bool>()};
  shape.network.integer = *rc::gen::arbitrary<bool>();
  test::Components components = test::tiny_components(shape);
  for (int i = *rc::gen::inRange(1, 6); i > 0; --i) {
    const auto which = *rc::gen::element(Component::network, Component::network,
                                         Component::unicharset, Component::recoder);
    auto& bytes = components[which];
    if (bytes.empty()) continue;
    bytes[*rc::gen::inRange<std::size_t>(0, bytes.size())] = *rc::gen::arbitrary<std::uint8_t>();
  }
  expect_no_crash(components);
}

}  // namespace
}  // namespace ocrtune::training
