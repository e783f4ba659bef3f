#include "ocrtune/ocr/lstm/model.h"

#include <gtest/gtest.h>
#include <tesseract/baseapi.h>

#include <thread>

#include "ocrtune/ocr/languages.h"
#include "support/errors.h"
#include "support/model_files.h"
#include "support/temp_folder.h"

namespace ocrtune::lstm {
namespace {

using test::contains;
using test::TinyModel;

Model parse(const test::Components& components) {
  return parse_model(tessdata::TrainedData::parse(test::traineddata_file(components), "tiny"),
                     "tiny");
}

std::string model_refusal(const test::Components& components) {
  return test::error_of(Errc::dependency_missing, [&] { parse(components); });
}

TEST(Model, ReadsATinyOne) {
  const Model model = parse(test::tiny_components());
  EXPECT_EQ(model.language, "tiny");
  EXPECT_EQ(model.unicharset.size(), 13);
  EXPECT_EQ(model.recoder.classes(), 12);
  EXPECT_EQ(model.network.classes, 12);
  EXPECT_TRUE(model.network.integer);
  EXPECT_EQ(model.network_text, "[a tiny network]");
  EXPECT_EQ(model.version, "tiny");
  EXPECT_EQ(model.null_char, 11);
  EXPECT_EQ(model.sample_iteration, 77);
  EXPECT_FALSE(model.dictionary.empty());
}

TEST(Model, TesseractReadsTheTinyOneToo) {
  const test::TempFolder folder;
  folder.write("tiny.traineddata", test::tiny_model());
  tesseract::TessBaseAPI api;
  ASSERT_EQ(api.Init(folder.path().c_str(), "tiny", tesseract::OEM_LSTM_ONLY), 0);
  EXPECT_TRUE(api.IsValidWord("abba"));
  EXPECT_FALSE(api.IsValidWord("abb"));
}

TEST(Model, ReadsFloatNetworks) {
  EXPECT_FALSE(parse(test::tiny_components({.network = {.integer = false}})).network.integer);
}

TEST(Model, ReadsCharactersInsideTheNetworksComponent) {
  const Model model = parse(test::tiny_components({.inside = true}));
  EXPECT_EQ(model.unicharset.size(), 13);
  EXPECT_EQ(model.unicharset[3].text, "a");
  EXPECT_EQ(model.recoder.unichars(), 13);
  EXPECT_EQ(model.null_char, 11);
}

TEST(Model, WithoutARecoderCharactersAreClasses) {
  test::TinyModel tiny{.flags = 1};
  for (int id = 0; id < 13; ++id) tiny.codes.push_back({id});
  tiny.null_char = tessdata::kBrokenUnichar;
  const Model model = parse(test::tiny_components(tiny));
  EXPECT_EQ(model.recoder.classes(), 13);
  EXPECT_EQ(model.recoder.encode(5).at[0], 5);
  EXPECT_EQ(model.null_char, 2);
}

TEST(Model, ReadsWithoutDictionary) {
  test::Components components = test::tiny_components();
  for (const auto graph : {tessdata::Component::word_dawg, tessdata::Component::number_dawg,
                           tessdata::Component::punctuation_dawg}) {
    components.erase(graph);
  }
  EXPECT_TRUE(parse(components).dictionary.empty());
}

TEST(Model, ReadsVariables) {
  const Model model = parse(test::tiny_components(
      {.config = "# why\n\npreserve_interword_spaces \t1\r\ntextord_x 2 3\ntextord_x 4"}));
  EXPECT_EQ(model.config, (ModelConfig{{"preserve_interword_spaces", "1"}, {"textord_x", "4"}}));
}

TEST(Model, RefusesVariablesThatChangeOcrResults) {
  EXPECT_TRUE(
      contains(model_refusal(test::tiny_components({.config = "tessedit_load_sublangs eng"})),
               "tiny, variables, byte 26: it sets tessedit_load_sublangs to `eng`"));
  EXPECT_NO_THROW(parse(test::tiny_components({.config = "tessedit_load_sublangs\n"})));
}

TEST(Model, RefusesDataWithoutANetwork) {
  test::Components components = test::tiny_components();
  components.erase(tessdata::Component::network);
  EXPECT_EQ(model_refusal(components), "language `tiny`: its data has no LSTM network");
}

TEST(Model, RefusesPartsThatDoNotFit) {
  const auto with_codes = [](std::vector<std::vector<int>> codes) {
    test::Components components = test::tiny_components();
    components[tessdata::Component::recoder] = test::recoder_bytes(codes);
    return components;
  };
  EXPECT_TRUE(contains(model_refusal(with_codes({{0}, {7}})),
                       "the network has 12 classes, but the characters' codes 8"));
  EXPECT_TRUE(contains(model_refusal(with_codes({{0}, {11}})), "some characters have no code"));
  std::vector<std::vector<int>> garbled(13, {11});
  EXPECT_TRUE(contains(model_refusal(with_codes(garbled)), "the space is not class 0"));
  EXPECT_TRUE(contains(model_refusal(test::tiny_components({.null_char = 12})),
                       "the null class 12 is not one of the 12 classes"));
  EXPECT_TRUE(contains(model_refusal(test::tiny_components({.flags = 64})),
                       "its weights are not of the declared type"));
}

TEST(Model, RefusesCutNetworks) {
  test::Components components = test::tiny_components();
  components[tessdata::Component::network].resize(components[tessdata::Component::network].size() -
                                                  1);
  EXPECT_TRUE(contains(model_refusal(components), "tiny, network, byte"));
}

TEST(Model, LoadsInstalledLanguages) {
  const std::string folder = tessdata_folder("");
  for (const char* language : {"eng", "fra"}) {
    const auto model = load_model(language, folder);
    EXPECT_EQ(model->network.input_height, 36);
    EXPECT_EQ(model->network.x_scale_factor, 3);
    EXPECT_EQ(model->recoder.classes(), model->network.classes);
    EXPECT_EQ(model->null_char, model->network.classes - 1);
    EXPECT_TRUE(model->unicharset.has_special_codes());
    for (const char* text : {"a", "Z", "0", "-", "\""}) {
      const auto id = model->unicharset.id_of(text);
      ASSERT_TRUE(id) << text;
      EXPECT_EQ(model->recoder.decode(model->recoder.encode(*id)), id) << text;
    }
    EXPECT_FALSE(model->dictionary.empty());
  }
}

TEST(Model, IsSharedWhileItIsHeld) {
  const test::TempFolder folder;
  folder.write("tiny.traineddata", test::tiny_model());
  auto model = load_model("tiny", folder.path());
  EXPECT_EQ(load_model("tiny", folder.path()), model);
  std::vector<std::shared_ptr<const Model>> loaded(4);
  std::vector<std::thread> threads;
  for (auto& place : loaded) {
    threads.emplace_back([&] { place = load_model("tiny", folder.path()); });
  }
  for (std::thread& thread : threads) thread.join();
  for (const auto& other : loaded) EXPECT_EQ(other, model);

  const std::weak_ptr<const Model> watched = model;
  model.reset();
  loaded.clear();
  EXPECT_TRUE(watched.expired());
}

TEST(Model, IsReadAnewWhenItsFileHasChanged) {
  const test::TempFolder folder;
  folder.write("tiny.traineddata", test::tiny_model());
  const auto before = load_model("tiny", folder.path());
  folder.write("tiny.traineddata", test::tiny_model({.characters = {"x", "y"}, .words = {"xy"}}));
  const auto after = load_model("tiny", folder.path());
  EXPECT_EQ(before->unicharset.size(), 13);
  EXPECT_EQ(after->unicharset.size(), 5);
}

TEST(Model, RefusesLanguagesByName) {
  const test::TempFolder folder;
  const auto message = [&](const std::string& language) {
    return test::error_of(Errc::dependency_missing, [&] { load_model(language, folder.path()); });
  };
  EXPECT_TRUE(contains(message("jpn_vert"), "language `jpn_vert`: vertical script"));
  EXPECT_TRUE(contains(message("xyz"), "no package of Debian has it"));
}

}  // namespace
}  // namespace ocrtune::lstm
