#include "ocrtune/ocr/engines/engine_choice.h"

#include <gtest/gtest.h>

#include "ocrtune/base/error.h"
#include "ocrtune/ocr/engines/engine_registry.h"
#include "ocrtune/ocr/self_check.h"
#include "support/errors.h"

namespace ocrtune {
namespace {

using test::contains;
using test::error_of;

/// Reads the same words from everything.
class FakeRecognizer final : public Recognizer {
 public:
  explicit FakeRecognizer(std::vector<Word> words) : words_(std::move(words)) {}

  std::optional<OcrResult> read(const Image& image, const OcrSettings& /*settings*/,
                                const std::atomic<bool>& /*stop*/,
                                const CountPageMarks& /*page*/) override {
    return OcrResult{.words = words_, .width = image.gray.cols, .height = image.gray.rows};
  }

 private:
  std::vector<Word> words_;
};

class FailingRecognizer final : public Recognizer {
 public:
  std::optional<OcrResult> read(const Image& /*image*/, const OcrSettings& /*settings*/,
                                const std::atomic<bool>& /*stop*/,
                                const CountPageMarks& /*page*/) override {
    throw Error(Errc::dependency_missing, "no such layer");
  }
};

std::vector<Word> two_words() {
  return {{.text = "naïve",
           .confidence = 93,
           .left = 1,
           .top = 2,
           .right = 30,
           .bottom = 12,
           .block = 1,
           .paragraph = 1,
           .line = 1,
           .index = 1},
          {.text = "42",
           .confidence = 88,
           .left = 35,
           .top = 2,
           .right = 50,
           .bottom = 12,
           .block = 1,
           .paragraph = 1,
           .line = 1,
           .index = 2}};
}

using Open = decltype(OcrEngine::open);

Open opens(std::vector<Word> words) {
  return [words](const std::string&, const RecognitionOptions&) {
    return std::make_unique<FakeRecognizer>(words);
  };
}

/// An engine that has to read as the reference does.
OcrEngine own_engine(Open open) {
  return {.name = "own",
          .title = "our own",
          .summary = "a fake",
          .repeats_reference = true,
          .refuses = [](const std::string&, const RecognitionOptions&) -> std::optional<Refusal> {
            return std::nullopt;
          },
          .open = std::move(open)};
}

/// What is said against an engine that opens so, beside a reference that does.
std::optional<Refusal> refused(Open own, Open stock) {
  const OcrEngine reference{.name = "stock",
                            .title = "stock",
                            .summary = "a fake",
                            .is_reference = true,
                            .refuses = nullptr,
                            .open = std::move(stock)};
  return refusal_of(own_engine(std::move(own)), reference, "eng", {});
}

/// The same where our engine reads the second word with a change.
std::optional<Refusal> refused_after(const std::function<void(Word&)>& change) {
  std::vector<Word> words = two_words();
  change(words[1]);
  return refused(opens(words), opens(two_words()));
}

TEST(RefusalOf, NothingIsSaidWhereBothReadAlike) {
  EXPECT_FALSE(refused_after([](Word&) {}));
  EXPECT_FALSE(refused_after([](Word& w) { w.paragraph = 2; }));
  EXPECT_FALSE(refused(opens({}), opens({})));
}

/// Ten words, so that one box may be another.
std::vector<Word> ten_words() {
  std::vector<Word> words;
  for (int i = 0; i < 5; ++i) std::ranges::copy(two_words(), std::back_inserter(words));
  return words;
}

TEST(RefusalOf, OneBoxInTenMayBeAnotherIfItOverlaps) {
  std::vector<Word> words = ten_words();
  words[3].left += 1;
  EXPECT_FALSE(refused(opens(words), opens(ten_words())));
  words[3].left = words[3].right;
  words[3].right += 5;
  EXPECT_TRUE(contains(refused(opens(words), opens(ten_words())).value().reason, "word 4"));
  words = ten_words();
  words[3].left += 1;
  words[5].top -= 1;
  EXPECT_TRUE(contains(refused(opens(words), opens(ten_words())).value().reason, "word 6"));
}

TEST(RefusalOf, AnyDifferenceIsSaid) {
  const std::vector<std::pair<std::function<void(Word&)>, std::string>> changes{
      {[](Word& w) { w.text = "4Z"; }, "word 2: `4Z` instead of `42`"},
      {[](Word& w) { w.confidence = 87; }, "word 2: `42` has confidence 87 instead of 88"},
      {[](Word& w) { w.left = 34; },
       "word 2: `42` has the bounding box 34,2 to 50,12 instead of 35,2 to 50,12"},
      {[](Word& w) { w.top = 1; }, "box"},
      {[](Word& w) { w.right = 51; }, "box"},
      {[](Word& w) { w.bottom = 13; }, "box"},
      {[](Word& w) { w.index = 1; },
       "word 2: `42` is word 1 of its line, in block 1 instead of word 2 of its line, in block 1"},
      {[](Word& w) { w.block = 2; }, "block 2 instead of word 2"}};
  for (const auto& [change, reason] : changes) {
    const auto refusal = refused_after(change);
    ASSERT_TRUE(refusal) << reason;
    EXPECT_TRUE(contains(refusal->reason, "our own failed its self-check on the built-in page: "))
        << refusal->reason;
    EXPECT_TRUE(contains(refusal->reason, reason)) << refusal->reason;
    EXPECT_FALSE(refusal->expected);
  }
  std::vector<Word> fewer = two_words();
  fewer.pop_back();
  EXPECT_TRUE(contains(refused(opens(fewer), opens(two_words()))->reason, "1 word instead of 2"));
}

TEST(RefusalOf, AnEngineThatFailsIsRefused) {
  const Open missing = [](const std::string&,
                          const RecognitionOptions&) -> std::unique_ptr<Recognizer> {
    throw Error(Errc::dependency_missing, "language `x`: is not to be had");
  };
  bool asked = false;
  const auto refusal = refused(missing, [&](const std::string&, const RecognitionOptions&) {
    asked = true;
    return std::make_unique<FakeRecognizer>(two_words());
  });
  EXPECT_EQ(refusal.value().reason, "language `x`: is not to be had");
  EXPECT_FALSE(asked) << "the reference needn't be opened for that";
  const Open failing = [](const std::string&, const RecognitionOptions&) {
    return std::make_unique<FailingRecognizer>();
  };
  EXPECT_TRUE(contains(refused(failing, opens(two_words()))->reason, "no such layer"));
  EXPECT_EQ(error_of(Errc::dependency_missing, [&] { (void)refused(opens(two_words()), missing); }),
            "language `x`: is not to be had");
}

TEST(ChooseEngine, NeedsNoComparisonForWhatOursNeverReads) {
  for (const auto& [lang, options] : std::vector<std::pair<std::string, RecognitionOptions>>{
           {"eng+fra", {.oem = 2}}, {"eng", {.oem = 0}}, {"eng", {.oem = 3}}}) {
    const EngineChoice choice = choose_engine(lang, options);
    EXPECT_EQ(choice.engine, "tesseract");
    EXPECT_TRUE(choice.plain);
    EXPECT_FALSE(choice.reason.empty());
  }
}

TEST(ChooseEngine, IsTheSameEachTime) {
  const EngineChoice first = choose_engine("eng", {});
  const EngineChoice second = choose_engine("eng", {});
  EXPECT_EQ(first.engine, second.engine);
  EXPECT_EQ(first.reason, second.reason);
}

TEST(OpenEngine, ChoosesUnlessOneIsStated) {
  EXPECT_EQ(RecognitionOptions{}.engine, kAutomaticEngine);
}

TEST(OpenEngine, TakesWhatIsSettledOrStated) {
  const Image page = self_check_page();
  const std::atomic<bool> never{false};
  for (const RecognitionOptions& options :
       {RecognitionOptions{.engine = "tesseract"}, RecognitionOptions{},
        RecognitionOptions{.engine = "lstm", .engines = {{"eng", "tesseract"}}}}) {
    const auto ocr_result = open_engine("eng", options)->read(page, {}, never);
    ASSERT_TRUE(ocr_result);
    EXPECT_GT(ocr_result->words.size(), 15U);
  }
  test::error_of(Errc::dependency_missing, [] { (void)open_engine("qqq", {}); });
}

TEST(SelfCheckPage, IsReadWellAndIsNoBlank) {
  const auto recognizer = open_engine("eng", {.engine = "tesseract"});
  const std::atomic<bool> never{false};
  const auto ocr_result = recognizer->read(self_check_page(), {}, never);
  ASSERT_TRUE(ocr_result);
  EXPECT_GT(mean_confidence(*ocr_result), 70);
  EXPECT_TRUE(contains(plain_text(*ocr_result), "quick brown fox"));
  EXPECT_EQ(self_check(*recognizer, *recognizer), "");
}

TEST(EnginesText, IsReadBack) {
  const std::vector<LanguageEngines> all{{{"eng", "lstm"}},
                                         {{"eng", "tesseract"}, {"eng+fra", "tesseract"}},
                                         {{"ara", "tesseract"}, {"eng", "lstm"}},
                                         {{"deu+lat", "tesseract"}, {"script/Latin", "lstm"}}};
  for (const LanguageEngines& engines : all) {
    std::vector<std::string> languages;
    for (const auto& [lang, engine] : engines) languages.push_back(lang);
    EXPECT_EQ(engines_of(engines_text(engines), languages), engines) << engines_text(engines);
  }
  EXPECT_EQ(engines_text(all[1]), "tesseract");
  EXPECT_EQ(engines_text(all[2]), "ara=tesseract eng=lstm");
  EXPECT_EQ(engines_text({}), "tesseract");
}

TEST(EnginesText, DamageIsSaid) {
  for (const char* text : {"", "auto", "x y", "eng=auto", "eng=lstm ", "eng=", "fra=lstm", "=", " ",
                           "eng=lstm tesseract", "LSTM"}) {
    EXPECT_TRUE(
        contains(error_of(Errc::study_error, [&] { (void)engines_of(text, {"eng"}); }), "damaged"))
        << text;
  }
}

TEST(EnginesText, AnEngineThatIsNotHereIsSaid) {
  for (const char* text : {"kraken", "eng=kraken", "eng=tesseract fra=kraken"}) {
    EXPECT_TRUE(contains(error_of(Errc::study_error, [&] { (void)engines_of(text, {"eng"}); }),
                         "uses the engine `kraken`, which this build of ocrtune does not have; "
                         "available: lstm, tesseract"));
  }
}

TEST(EnginesText, ItsEnginesHaveTitles) {
  EXPECT_EQ(other_engines_title("ara=tesseract eng=lstm fra=lstm"), "ocrtune's LSTM engine");
  EXPECT_EQ(other_engines_title("tesseract"), "");
  EXPECT_EQ(engines_title({{"ara", "tesseract"}, {"eng", "lstm"}, {"fra", "lstm"}}),
            "Tesseract and ocrtune's LSTM engine");
}

TEST(EnginesText, SaysWhetherTheReferenceConfirms) {
  EXPECT_FALSE(repeats_reference("tesseract"));
  EXPECT_TRUE(repeats_reference("lstm"));
  EXPECT_TRUE(repeats_reference("ara=tesseract eng=lstm"));
}

TEST(EnginesText, TheReferenceConfirmsWhatRepeatsIt) {
  const LanguageEngines confirming = confirming_engines({{"ara", "tesseract"}, {"eng", "lstm"}});
  EXPECT_EQ(confirming, (LanguageEngines{{"ara", "tesseract"}, {"eng", "tesseract"}}));
  EXPECT_EQ(engine_identities(names_of(confirming)), "");
}

}  // namespace
}  // namespace ocrtune
