#include "ocrtune/training/training_text.h"

#include <gtest/gtest.h>

#include "support/model_files.h"

namespace ocrtune::training {
namespace {

using Texts = std::set<std::string>;

TrainableModel model_of(const std::vector<std::string>& characters) {
  test::TinyModel shape;
  shape.characters = characters;
  shape.words = {};
  return trainable_model(tessdata::TrainedData::parse(test::tiny_model(shape), "tiny"), {}, 0.001F);
}

TEST(EncodedText, HasTheClassesOfItsCharacters) {
  const TrainableModel model = model_of({"a", "b", "é"});
  const auto text = encoded_text(" ab  e\u0301 ", model);
  ASSERT_TRUE(text);
  EXPECT_EQ(text->text, "ab é");
  EXPECT_EQ(text->classes, (std::vector<int>{1, 2, 0, 3}));
  EXPECT_FALSE(encoded_text("abc", model));
  EXPECT_FALSE(encoded_text(" ", model));
}

TEST(EncodedText, IsDecomposedForModelsThatAre) {
  const TrainableModel model = model_of({"o", "\u0308"});
  const auto text = encoded_text("ö o", model);
  ASSERT_TRUE(text);
  EXPECT_EQ(text->text, "o\u0308 o");
}

TEST(EncodedText, HasNoLigaturesThatTesseractWritesAsLetters) {
  const auto text = encoded_text("ﬁ", model_of({"f", "i"}));
  ASSERT_TRUE(text);
  EXPECT_EQ(text->classes, (std::vector<int>{1, 2}));
}

TEST(EncodedText, MayBeLong) {
  std::string text;
  for (int i = 0; i < 400; ++i) text += "ab ";
  EXPECT_EQ(encoded_text(text, model_of({"a", "b"}))->classes.size(), 400 * 3 - 1U);
}

TEST(MissingCharacters, AreThoseWithoutACode) {
  const TrainableModel model = model_of({"a", "b", "st", "'"});
  EXPECT_EQ(missing_characters("ab sta b'a", model), Texts());
  EXPECT_EQ(missing_characters("abſt s st", model), (Texts{"ſ", "s", "t"}));
  // Quotes are characters of their own.
  EXPECT_EQ(missing_characters("b’a", model), Texts{"’"});
}

TEST(MissingCharacters, AreWholeWithTheirAccents) {
  const TrainableModel model = model_of({"q", "é"});
  EXPECT_EQ(missing_characters("q\u0303e\u0301", model), Texts{"q\u0303"});
}

TEST(StepsFor, AreOneMoreBetweenEqualClasses) {
  EXPECT_EQ(steps_for({}), 0U);
  EXPECT_EQ(steps_for({1, 2, 3}), 3U);
  EXPECT_EQ(steps_for({1, 1, 1, 2}), 6U);
}

}  // namespace
}  // namespace ocrtune::training
