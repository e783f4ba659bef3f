// An engine of the calling program, through what reads pages, evaluates and searches.
#include <gtest/gtest.h>

#include <algorithm>
#include <opencv2/core.hpp>

#include "ocrtune/base/error.h"
#include "ocrtune/ocr/engines/engine_choice.h"
#include "ocrtune/ocr/engines/engine_registry.h"
#include "ocrtune/storage/storage.h"
#include "ocrtune/workflow/optimize.h"
#include "ocrtune/workflow/read.h"
#include "ocrtune/workflow/score.h"
#include "support/encoded.h"
#include "support/errors.h"
#include "support/images.h"
#include "support/temp_folder.h"

namespace ocrtune::workflow {
namespace {

constexpr const char* kFixed = "fixed-words";

/// Reads two words from every page, surer ones the darker it is.
class FixedWords final : public Recognizer {
 public:
  std::optional<OcrResult> read(const Image& image, const OcrSettings& /*settings*/,
                                const std::atomic<bool>& /*stop*/,
                                const CountPageMarks& /*page*/) override {
    const int confidence = 90 - static_cast<int>(cv::mean(image.gray)[0] / 4);
    const auto word = [&](const char* text, int left, int index) {
      return Word{.text = text,
                  .confidence = confidence,
                  .left = left,
                  .top = 2,
                  .right = left + 20,
                  .bottom = 12,
                  .block = 1,
                  .paragraph = 1,
                  .line = 1,
                  .index = index};
    };
    return OcrResult{.words = {word("fixed", 2, 1), word("words", 30, 2)},
                     .width = image.gray.cols,
                     .height = image.gray.rows};
  }
};

OcrEngine fixed_words() {
  return {.name = kFixed,
          .title = "an engine that reads fixed words",
          .summary = "for tests",
          .refuses = [](const std::string& lang,
                        const RecognitionOptions& options) -> std::optional<Refusal> {
            if (lang == "eng" && options.oem == 1) return std::nullopt;
            return Refusal{.reason = "it knows English alone"};
          },
          .open = [](const std::string& lang,
                     const RecognitionOptions& options) -> std::unique_ptr<Recognizer> {
            if (lang == "eng" && options.oem == 1) return std::make_unique<FixedWords>();
            throw Error(Errc::dependency_missing, "fixed words are English");
          }};
}

class AddedEngine : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    if (find_engine(kFixed) == nullptr) add_engine(fixed_words());
  }

  AddedEngine() {
    for (const char* text : {"ONE 1", "PAGE TWO"})
      pages_.inputs.push_back(
          folder_.write(std::string(text) + ".png", test::encoded(test::rendered(text), ".png"))
              .string());
    ocr_.engine = kFixed;
  }

  test::TempFolder folder_;
  PagesOptions pages_;
  OcrOptions ocr_;
};

TEST_F(AddedEngine, CanBeAskedFor) {
  for (const Option& option : options_of(ocr_)) {
    if (option.name != "engine") continue;
    EXPECT_TRUE(std::ranges::count(option.choices, kFixed) == 1);
    EXPECT_TRUE(test::contains(option.help, "fixed-words is for tests")) << option.help;
  }
  check_fields(ocr_);
}

TEST_F(AddedEngine, ReadsPages) {
  std::vector<std::string> texts;
  const ReadOptions options{.pages = pages_, .ocr = ocr_};
  const ReadResult result = read(options,
                                 {.page =
                                      [&](const PageRead& page) {
                                        EXPECT_EQ(page.engine, kFixed);
                                        texts.push_back(page.texts.at(0));
                                      }},
                                 {});
  EXPECT_EQ(result.pages, 2U);
  EXPECT_EQ(texts, (std::vector<std::string>{"fixed words\n", "fixed words\n"}));
}

TEST_F(AddedEngine, IsEvaluated) {
  const Scored scored = score({.pages = pages_, .ocr = ocr_}, {});
  EXPECT_EQ(scored.definition.engine, kFixed);
  ASSERT_FALSE(scored.trials.empty());
  for (const PageResult& page : scored.trials[0].pages) {
    EXPECT_EQ(page.scores.value(Score::words), 2);
    EXPECT_LT(page.scores.value(Score::confidence), 90);
  }
}

TEST_F(AddedEngine, SearchesAStudyThatItJudgesItself) {
  OptimizeOptions options;
  options.study = {.pages = pages_, .ocr = ocr_, .study = (folder_.path() / "s.db").string()};
  options.trials = 3;
  options.sampler = "sobol";
  const StudyResult found = optimize(options, {});
  ASSERT_TRUE(found.summary);
  EXPECT_EQ(found.summary->engine, kFixed);
  EXPECT_EQ(found.summary->confirmation, Confirmation::not_needed)
      << "the reference confirms engines that repeat it";
  const auto study = view_study(options.study.study);
  EXPECT_EQ(study->definition().engine, kFixed);
  EXPECT_TRUE(study->confirmations().empty());
  options.trials = 4;
  options.study.ocr.engine.reset();
  EXPECT_EQ(optimize(options, {}).summary->points, 4U) << "going on keeps the engine";
}

TEST_F(AddedEngine, IsAskedLastByAuto) {
  EXPECT_NE(choose_engine("eng", {}).engine, kFixed);
  EXPECT_EQ(choose_engine("eng", {.tessdata = folder_.path().string()}).engine, kFixed)
      << "where no other has its data";
  EXPECT_EQ(choose_engine("fra", {.tessdata = folder_.path().string()}).engine,
            reference_engine().name);
}

TEST_F(AddedEngine, SaysWhyItCannotRead) {
  ocr_.oem = 3;
  EXPECT_EQ(test::error_of(Errc::dependency_missing,
                           [&] { (void)score({.pages = pages_, .ocr = ocr_}, {}); }),
            "fixed words are English");
}

TEST(AddEngine, RefusesWhatCannotBeStated) {
  for (const char* name : {"", "auto", "Two Words", "a=b", "tesseract", "lstm"}) {
    OcrEngine engine = fixed_words();
    engine.name = name;
    test::error_of(Errc::invalid_argument, [&] { add_engine(engine); });
  }
  OcrEngine second = fixed_words();
  second.name = "second";
  second.is_reference = true;
  EXPECT_TRUE(test::contains(test::error_of(Errc::invalid_argument, [&] { add_engine(second); }),
                             "reference"));
  EXPECT_EQ(find_engine("second"), nullptr);
}

}  // namespace
}  // namespace ocrtune::workflow
