#include "ocrtune/documents/spaces_of_text.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

namespace ocrtune {
namespace {

OcrResult result_of(const std::vector<std::string>& words) {
  OcrResult result;
  for (const std::string& word : words)
    result.words.push_back({.text = word, .block = 1, .paragraph = 1, .line = 1});
  return result;
}

std::vector<bool> spaces_of(const OcrResult& result) {
  std::vector<bool> spaces;
  for (const Word& word : result.words) spaces.push_back(word.space_before);
  return spaces;
}

TEST(SpacesOfText, AreThoseBeforeTheWords) {
  OcrResult korean = result_of({"한", "국", "어", "12"});
  take_spaces(korean, "한국 어\n12\n");
  EXPECT_EQ(spaces_of(korean), (std::vector<bool>{true, false, true, true}));
}

TEST(SpacesOfText, OfAnotherTextAreNotTaken) {
  OcrResult page = result_of({"a", "b", "c"});
  take_spaces(page, "ab other c");
  EXPECT_EQ(spaces_of(page), (std::vector<bool>{true, false, true}));
  OcrResult empty;
  take_spaces(empty, "text");
  take_spaces(page, "");
  EXPECT_EQ(spaces_of(page), (std::vector<bool>{true, false, true}));
}

RC_GTEST_PROP(SpacesOfText, ComeBackFromPlainText, ()) {
  OcrResult page;
  const int count = *rc::gen::inRange(0, 30);
  int line = 1;
  for (int i = 0; i < count; ++i) {
    const bool begins = i > 0 && *rc::gen::inRange(0, 4) == 0;
    line += begins ? 1 : 0;
    page.words.push_back(
        {.text = *rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::inRange('a', 'z'))),
         .block = 1,
         .paragraph = 1,
         .line = line,
         .space_before = i == 0 || begins || *rc::gen::inRange(0, 2) == 0});
  }
  OcrResult read = page;
  for (Word& word : read.words) word.space_before = true;
  take_spaces(read, plain_text(page));
  RC_ASSERT(spaces_of(read) == spaces_of(page));
}

}  // namespace
}  // namespace ocrtune
