#include "ocrtune/ocr/lstm/dictionary.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "ocrtune/ocr/languages.h"
#include "ocrtune/ocr/lstm/dictionary_walk.h"
#include "ocrtune/ocr/tessdata/traineddata.h"
#include "support/decoding.h"
#include "support/errors.h"

namespace ocrtune::lstm {
namespace {

using test::kTiny;

/// Reads unichars letter by letter.
Dictionary::Outcome read(const Dictionary& dictionary, const std::vector<int>& ids) {
  std::vector<Dictionary::Position> positions;
  dictionary.start(positions);
  Dictionary::Outcome outcome;
  for (const int id : ids) {
    std::vector<Dictionary::Position> next;
    outcome = dictionary.follow(positions, id, next);
    positions = next;
  }
  return outcome;
}

Dictionary::Outcome read(const Dictionary& dictionary, const std::string& text) {
  return read(dictionary, kTiny.ids(text));
}

bool is_word(const Dictionary& dictionary, const std::string& text) {
  return read(dictionary, text).ends_word;
}

TEST(Dictionary, KnowsWordsAndTheirBeginnings) {
  const Dictionary dictionary = kTiny.dictionary({"ab", "abba", "c"});
  EXPECT_TRUE(is_word(dictionary, "ab"));
  EXPECT_TRUE(is_word(dictionary, "abba"));
  EXPECT_TRUE(is_word(dictionary, "c"));
  EXPECT_FALSE(is_word(dictionary, "abb"));
  EXPECT_EQ(read(dictionary, "abb").permuter, Permuter::word);
  EXPECT_EQ(read(dictionary, "b").permuter, Permuter::none);
  EXPECT_EQ(read(dictionary, "cc").permuter, Permuter::none);
}

TEST(Dictionary, PunctuationSurroundsWords) {
  const Dictionary dictionary = kTiny.dictionary({"ab", "abba"}, {" ", "( (", " .", "-"});
  EXPECT_TRUE(is_word(dictionary, "ab."));
  EXPECT_TRUE(is_word(dictionary, "(ab("));
  EXPECT_TRUE(is_word(dictionary, "-"));
  EXPECT_EQ(read(dictionary, "-").permuter, Permuter::punctuation);
  EXPECT_EQ(read(dictionary, "(").permuter, Permuter::punctuation);
  EXPECT_EQ(read(dictionary, "(ab").permuter, Permuter::word);
  EXPECT_FALSE(is_word(dictionary, "(")) << "the pattern isn't over";
  EXPECT_FALSE(is_word(dictionary, "(ab")) << "the pattern isn't over";
  EXPECT_FALSE(is_word(dictionary, "abb."));
  EXPECT_EQ(read(dictionary, "abb.").permuter, Permuter::none) << "no word ends there";
  EXPECT_EQ(read(dictionary, "ab.ba").permuter, Permuter::none) << "after the core";
  EXPECT_EQ(read(dictionary, "-a").permuter, Permuter::none);
}

TEST(Dictionary, NumbersTakeAnyDigit) {
  const Dictionary dictionary = kTiny.dictionary({"ab"}, {" ", " ."}, {" ", "  ", " . "});
  EXPECT_TRUE(is_word(dictionary, "1"));
  EXPECT_TRUE(is_word(dictionary, "21"));
  EXPECT_TRUE(is_word(dictionary, "1.2"));
  EXPECT_TRUE(is_word(dictionary, "12."));
  EXPECT_EQ(read(dictionary, "21").permuter, Permuter::number);
  EXPECT_EQ(read(dictionary, "1.2").permuter, Permuter::number);
  EXPECT_EQ(read(dictionary, "1a").permuter, Permuter::none);
  EXPECT_EQ(read(dictionary, "121").permuter, Permuter::none);
}

TEST(Dictionary, TheBetterSourceNamesALetter) {
  const Dictionary dictionary = kTiny.dictionary({"1", "-"}, {" ", "-"}, {" "});
  EXPECT_EQ(read(dictionary, "1").permuter, Permuter::word) << "also a number";
  EXPECT_EQ(read(dictionary, "-").permuter, Permuter::word) << "also punctuation";
  EXPECT_EQ(read(dictionary, "2").permuter, Permuter::number);
}

TEST(Dictionary, NoWordHoldsASpace) {
  const Dictionary dictionary = kTiny.dictionary({"a", "ab"}, {" "}, {" "});
  EXPECT_EQ(read(dictionary, " ").permuter, Permuter::none);
  EXPECT_EQ(read(dictionary, "a ").permuter, Permuter::none);
}

TEST(Dictionary, PartsCanBeMissing) {
  EXPECT_TRUE(kTiny.dictionary({}, {}).empty());
  const Dictionary words = kTiny.dictionary({"ab"}, {});
  EXPECT_FALSE(words.empty());
  EXPECT_TRUE(is_word(words, "ab"));
  const Dictionary numbers = kTiny.dictionary({}, {}, {"  "});
  EXPECT_TRUE(is_word(numbers, "12"));
  const Dictionary punctuation = kTiny.dictionary({}, {" ", "-"});
  EXPECT_TRUE(is_word(punctuation, "-"));
  EXPECT_EQ(read(punctuation, "a").permuter, Permuter::none);
  const Dictionary no_word_alone = kTiny.dictionary({"ab"}, {"-"});
  EXPECT_TRUE(is_word(no_word_alone, "ab")) << "words count by themselves then";
}

TEST(Dictionary, MessagesNameTheFile) {
  const test::ModelBytes broken{1, 2, 3};
  const std::string message = test::error_of(Errc::dependency_missing, [&] {
    Dictionary::parse({.words = {}, .punctuation = broken, .numbers = {}}, kTiny.unicharset, "x");
  });
  EXPECT_TRUE(test::contains(message, "x, lstm-punc-dawg")) << message;
}

TEST(Dictionary, TellsLanguagesWithSpacesFromOthers) {
  EXPECT_TRUE(kTiny.dictionary({"a"}).space_delimited());
  for (const std::string script : {"Han", "Katakana", "Thai"}) {
    const std::string text =
        "2\nNULL 0 Common 0\na 1 0,255,0,255,0,0,0,0,0,0 " + script + " 1 0 1 a\t# a\n";
    const auto set = tessdata::Unicharset::parse(test::model_bytes_of(text), "unicharset");
    EXPECT_FALSE(Dictionary::parse({}, set, "tiny").space_delimited()) << script;
  }
}

TEST(Dictionary, KnowsEnglish) {
  const tessdata::TrainedData data =
      tessdata::TrainedData::open(tessdata_folder("") + "/eng.traineddata");
  const tessdata::Unicharset set =
      tessdata::Unicharset::parse(data.bytes(tessdata::Component::unicharset), "unicharset");
  const Dictionary dictionary =
      Dictionary::parse({.words = data.bytes(tessdata::Component::word_dawg),
                         .punctuation = data.bytes(tessdata::Component::punctuation_dawg),
                         .numbers = data.bytes(tessdata::Component::number_dawg)},
                        set, "eng");
  EXPECT_TRUE(dictionary.space_delimited());
  for (const std::string word : {"the", "The", "language", "(language)", "language.", "1999"}) {
    EXPECT_TRUE(read(dictionary, set.encode(word)).ends_word) << word;
  }
  for (const std::string word : {"languagf", "tje", "zqx", "t((", "9a9"}) {
    EXPECT_FALSE(read(dictionary, set.encode(word)).ends_word) << word;
  }
  EXPECT_EQ(read(dictionary, set.encode("1999")).permuter, Permuter::number);
}

RC_GTEST_PROP(DictionaryWalk, StepsAsTheDictionaryDoes, ()) {
  const Dictionary dictionary = kTiny.dictionary(
      {"ab", "abba", "c", "cab"}, {" ", "( (", " .", "-", " -"}, {" ", "  ", " . ", " - "});
  DictionaryWalk walk(dictionary);
  // The second round finds what the first remembered.
  const auto text = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, kTiny.size()));
  for (int round = 0; round < 2; ++round) {
    int state = DictionaryWalk::kStart;
    for (std::size_t length = 1; length <= text.size(); ++length) {
      const auto begin = text.begin();
      const Dictionary::Outcome expected =
          read(dictionary, std::vector<int>(begin, begin + static_cast<std::ptrdiff_t>(length)));
      const DictionaryWalk::Step step = walk.follow(state, text[length - 1]);
      RC_ASSERT(step.permuter == expected.permuter);
      RC_ASSERT(step.ends_word == expected.ends_word);
      if (step.permuter == Permuter::none) break;
      state = step.state;
    }
    walk.trim();
  }
}

TEST(DictionaryWalk, ForgetsWhereThereIsMuch) {
  const Dictionary dictionary = kTiny.dictionary({"ab"}, {" ", "-"});
  DictionaryWalk walk(dictionary);
  for (int unichar = 1; unichar < 200'000; ++unichar) {
    EXPECT_EQ(walk.follow(DictionaryWalk::kStart, unichar).permuter != Permuter::none,
              unichar == kTiny.ids("a")[0] || unichar == kTiny.ids("-")[0]);
  }
  walk.trim();
  const int a = walk.follow(DictionaryWalk::kStart, kTiny.ids("a")[0]).state;
  EXPECT_EQ(a, 1) << "the first state after the start";
  EXPECT_TRUE(walk.follow(a, kTiny.ids("b")[0]).ends_word);
}

}  // namespace
}  // namespace ocrtune::lstm
