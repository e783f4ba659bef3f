#include "ocrtune/language/page_language.h"

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <sstream>

#include "ocrtune/ocr/engines/engine_registry.h"

namespace ocrtune {
namespace {

constexpr int kHeight = 2000;
const std::atomic<bool> kGoOn{false};

const std::string kGerman =
    "Alle Menschen sind frei und gleich an Würde und Rechten geboren. Sie sind mit Vernunft und "
    "Gewissen begabt und sollen einander im Geiste der Brüderlichkeit begegnen.";
const std::string kFrench =
    "Tous les êtres humains naissent libres et égaux en dignité et en droits. Ils sont doués de "
    "raison et de conscience et doivent agir les uns envers les autres dans un esprit de "
    "fraternité.";
const std::string kUkrainian =
    "Всі люди народжуються вільними і рівними у своїй гідності та правах. Вони наділені розумом і "
    "совістю і повинні діяти у відношенні один до одного в дусі братерства.";
const std::string kThai = "มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิ";
const std::string kNoWords = "QxJ vvk 88 zzt WQ ppq Jzx 4 kkw vv xq ZZ jjk wwq 77 xxz";

/// What a model recognizes.
struct Known {
  std::string text;
  int confidence = 0;
};

/// By the names of models; others recognize nothing.
std::map<std::string, Known>& known() {
  static std::map<std::string, Known> all;
  return all;
}

/// The heights of the images that each model got.
std::map<std::string, std::vector<int>>& heights() {
  static std::map<std::string, std::vector<int>> all;
  return all;
}

/// Recognizes what is known(), three words in a line.
class KnownText : public Recognizer {
 public:
  explicit KnownText(std::string lang) : lang_(std::move(lang)) {}

  std::optional<OcrResult> read(const Image& image, const OcrSettings& /*settings*/,
                                const std::atomic<bool>& stop,
                                const CountPageMarks& /*page*/) override {
    heights()[lang_].push_back(image.gray.rows);
    if (stop) return std::nullopt;
    OcrResult result{.words = {}, .width = image.gray.cols, .height = image.gray.rows};
    std::istringstream words(known()[lang_].text);
    int count = 0;
    for (std::string text; words >> text; ++count) {
      const int line = count / 3;
      result.words.push_back({.text = text,
                              .confidence = known()[lang_].confidence,
                              .left = count % 3 * 100,
                              .top = line * 20 % image.gray.rows,
                              .right = count % 3 * 100 + 90,
                              .bottom = line * 20 % image.gray.rows + 12,
                              .block = 1,
                              .paragraph = 1,
                              .line = line + 1,
                              .index = count % 3 + 1});
    }
    return result;
  }

 private:
  std::string lang_;
};

class LanguageOfPage : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    add_engine({.name = "known-text",
                .title = "Known text",
                .automatic = false,
                .refuses = [](const auto&, const auto&) { return std::nullopt; },
                .open = [](const std::string& lang,
                           const auto&) { return std::make_unique<KnownText>(lang); }});
  }

  void SetUp() override {
    known().clear();
    heights().clear();
  }

  static std::optional<PageLanguage> find(const std::vector<std::string>& models,
                                          const std::atomic<bool>& stop = kGoOn) {
    RecognizerPool recognizers(RecognitionOptions{.engine = "known-text"});
    return LanguageFinder(models).find({.gray = cv::Mat(kHeight, 300, CV_8UC1, cv::Scalar(255))},
                                       recognizers, stop);
  }
};

TEST_F(LanguageOfPage, IsToldByTextThatAnotherModelOfTheScriptRecognized) {
  known()["eng"] = {.text = kGerman, .confidence = 80};
  EXPECT_EQ(find({"deu", "eng", "fra", "rus"}),
            (PageLanguage{.lang = "deu", .missing = {}, .usual = "eng"}));
  EXPECT_EQ(heights(), (std::map<std::string, std::vector<int>>{{"eng", {kHeight}}}));
}

TEST_F(LanguageOfPage, OfWornTextIsToldByItsWords) {
  known()["eng"] = {.text = kFrench, .confidence = 37};
  EXPECT_EQ(find({"eng", "fra", "rus"}),
            (PageLanguage{.lang = "fra", .missing = {}, .usual = "eng"}));
}

TEST_F(LanguageOfPage, IsInTheScriptWithTheHighestConfidence) {
  known()["eng"] = {.text = kNoWords, .confidence = 30};
  known()["ara"] = {.text = "كككك", .confidence = 20};
  known()["rus"] = {.text = kUkrainian, .confidence = 75};
  EXPECT_EQ(find({"eng", "ara", "rus", "ukr"}),
            (PageLanguage{.lang = "ukr", .missing = {}, .usual = "rus"}));
  ASSERT_EQ(heights().at("rus").size(), 1U);
  EXPECT_LT(heights().at("rus").front(), kHeight) << "some lines of the page are enough";
}

TEST_F(LanguageOfPage, WithoutAModelTakesTheUsualOneOfItsScript) {
  known()["eng"] = {.text = kNoWords, .confidence = 30};
  known()["rus"] = {.text = kUkrainian, .confidence = 75};
  EXPECT_EQ(find({"eng", "rus"}), (PageLanguage{.lang = {}, .missing = {}, .usual = "rus"}))
      << "too few letters to name a language";
  known()["eng"].text += " " + kNoWords + " " + kNoWords + " " + kNoWords;
  EXPECT_EQ(find({"eng", "rus"}), (PageLanguage{.lang = "rus", .missing = "ukr", .usual = "rus"}));
}

TEST_F(LanguageOfPage, OfSeveralModelsHasTheOneWithTheHighestConfidence) {
  known()["eng"] = {.text = kGerman, .confidence = 45};
  known()["deu"] = {.text = kGerman, .confidence = 50};
  known()["frk"] = {.text = kGerman, .confidence = 85};
  EXPECT_EQ(find({"deu", "eng", "frk"}),
            (PageLanguage{.lang = "frk", .missing = {}, .usual = "eng"}));
  known()["frk"].confidence = 49;
  EXPECT_EQ(find({"deu", "eng", "frk"}),
            (PageLanguage{.lang = "deu", .missing = {}, .usual = "eng"}));
}

TEST_F(LanguageOfPage, MayBeTwo) {
  known()["eng"] = {.text = kGerman + "\n\n" + kFrench + "\n" + kFrench, .confidence = 80};
  EXPECT_EQ(find({"deu", "eng", "fra"}),
            (PageLanguage{.lang = "fra+deu", .missing = {}, .usual = "eng"}));
}

TEST_F(LanguageOfPage, OfFiguresIsUnknownButNotItsScript) {
  known()["eng"] = {.text = kNoWords, .confidence = 90};
  EXPECT_EQ(find({"eng", "rus"}), (PageLanguage{.lang = {}, .missing = {}, .usual = "eng"}));
}

TEST_F(LanguageOfPage, IsUnknownWhereNothingIsLegible) {
  EXPECT_EQ(find({"eng", "rus"}), PageLanguage{});
  known()["eng"] = {.text = kNoWords, .confidence = 30};
  known()["rus"] = {.text = "Щъ жы", .confidence = 20};
  EXPECT_EQ(find({"eng", "rus"}), PageLanguage{});
}

TEST_F(LanguageOfPage, IsNotThaiBecauseThatModelIsSureOfOtherScripts) {
  known()["eng"] = {.text = kNoWords, .confidence = 30};
  known()["tha"] = {.text = kThai, .confidence = 70};
  EXPECT_EQ(find({"eng", "tha"}), PageLanguage{});
  known()["tha"].confidence = 90;
  EXPECT_EQ(find({"eng", "tha"}), (PageLanguage{.lang = "tha", .missing = {}, .usual = "tha"}));
}

TEST_F(LanguageOfPage, IsNothingOnceTheWorkWasStopped) {
  const std::atomic<bool> stop{true};
  EXPECT_EQ(find({"eng", "rus"}, stop), std::nullopt);
}

}  // namespace
}  // namespace ocrtune
