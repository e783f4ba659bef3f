#include "ocrtune/preview/previews.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <future>
#include <nlohmann/json.hpp>
#include <opencv2/imgcodecs.hpp>

#include "ocrtune/apply/expected_cer.h"
#include "ocrtune/apply/results_json.h"
#include "ocrtune/base/error.h"
#include "ocrtune/pipeline/presets.h"
#include "ocrtune/preview/cached_ocr_results.h"
#include "support/encoded.h"
#include "support/errors.h"
#include "support/images.h"
#include "support/temp_folder.h"

namespace ocrtune {
namespace {

using test::error_of;

/// One page of black text on white.
class PreviewTest : public testing::Test {
 protected:
  PreviewTest() {
    const auto file = folder_.write("page.png", test::encoded(test::rendered("SECOND 22"), ".png"));
    std::vector<Problem> problems;
    corpus_ = Corpus::load({{.path = file, .name = "page"}}, {.in_colour = true}, problems);
    EXPECT_TRUE(problems.empty());
  }

  static PreviewRequest request_for(const std::string& preset) {
    Pipeline pipeline = load_pipeline(preset).at({});
    return {.pipeline = std::move(pipeline), .max_width = 8192, .view = "main"};
  }

  static cv::Mat shown(const Preview& preview) {
    const std::vector<uchar> bytes(preview.picture.bytes.begin(), preview.picture.bytes.end());
    return cv::imdecode(bytes, cv::IMREAD_GRAYSCALE);
  }

  test::TempFolder folder_;
  Corpus corpus_;
  PageImages images_;
  PageRecognizer reader_;
  std::atomic<bool> stop_{false};
  Previews previews_{images_, reader_, stop_};
};

TEST_F(PreviewTest, ShowsWhatThePipelineMakesOfThePage) {
  const PreviewRequest request = request_for("standard");
  const std::optional<Preview> preview = previews_.picture(corpus_, request);
  ASSERT_TRUE(preview);
  EXPECT_EQ(preview->picture.type, "image/png");
  EXPECT_TRUE(test::same_pixels(shown(*preview), request.pipeline.run(corpus_.image(0)).gray));
  PreviewRequest part = request;
  part.region = cv::Rect(10, 5, 40, 20);
  EXPECT_TRUE(
      test::same_pixels(shown(*previews_.picture(corpus_, part)), shown(*preview)(*part.region)));
}

TEST_F(PreviewTest, ReadsIt) {
  const auto ocr_result = previews_.ocr_result(corpus_, request_for("raw"));
  ASSERT_TRUE(ocr_result);
  EXPECT_EQ(ocr_result->at("text").get<std::string>().substr(0, 9), "SECOND 22");
}

TEST_F(PreviewTest, ReadsItWithTheEngineThatIsAsked) {
  PreviewRequest request = request_for("raw");
  request.engine = "tesseract";
  EXPECT_EQ(previews_.ocr_result(corpus_, request)->at("engine"), "tesseract");
  request.engine = "nothing";
  error_of(Errc::invalid_argument, [&] { (void)previews_.ocr_result(corpus_, request); });
}

TEST_F(PreviewTest, SaysWhyThereIsNone) {
  PreviewRequest request = request_for("raw");
  request.page = 1;
  error_of(Errc::not_found, [&] { (void)previews_.picture(corpus_, request); });
  error_of(Errc::not_found, [&] { (void)previews_.ocr_result(corpus_, request); });
  request.page = 0;
  request.region = cv::Rect(100'000, 0, 5, 5);
  error_of(Errc::invalid_argument, [&] { (void)previews_.picture(corpus_, request); });
  stop_ = true;
  error_of(Errc::interrupted, [&] { (void)previews_.picture(corpus_, request_for("raw")); });
}

// Whatever many threads ask for, the newest request of a view is answered.
TEST_F(PreviewTest, TheNewestOfAViewIsAnswered) {
  for (int round = 0; round < 5; ++round) {
    std::vector<std::future<bool>> older;
    for (int i = 0; i < 3; ++i)
      older.push_back(std::async(std::launch::async, [&] {
        return previews_.picture(corpus_, request_for("standard")).has_value();
      }));
    for (auto& answer : older) (void)answer.get();
    EXPECT_TRUE(previews_.picture(corpus_, request_for("standard")));
  }
}

TEST_F(PreviewTest, OcrResultsAreKept) {
  const CachedOcrResults ocr_results(folder_.path() / "ocr_results", reader_);
  const Page& page = corpus_.pages().front();
  EXPECT_FALSE(ocr_results.find(page));
  const nlohmann::json ocr_result = ocr_results.get(corpus_, 0, stop_);
  EXPECT_EQ(ocr_results.find(page), ocr_result);
  stop_ = true;
  EXPECT_EQ(ocr_results.get(corpus_, 0, stop_), ocr_result);
  nlohmann::json other = ocr_result;
  other["reasons"] = {{{"reason", 7}}};
  for (const std::string& damaged : {std::string("{}"), other.dump()}) {
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(folder_.path() / "ocr_results"))
      if (entry.is_regular_file()) std::ofstream(entry.path()) << damaged;
    EXPECT_FALSE(ocr_results.find(page));
  }
  error_of(Errc::interrupted, [&] { (void)ocr_results.get(corpus_, 0, stop_); });
}

TEST_F(PreviewTest, OcrResultsOfPagesSayWhatToExpect) {
  const auto folder = folder_.path() / "expected";
  cv::Mat faint = test::rendered("SECOND 22");
  faint.convertTo(faint, -1, 0.1, 200);
  const cv::Mat blank(500, 400, CV_8UC1, cv::Scalar(255));
  std::vector<Problem> problems;
  const Corpus pages = Corpus::load(
      {{.path = folder_.write("faint.png", test::encoded(faint, ".png")), .name = "faint"},
       {.path = folder_.write("blank.png", test::encoded(blank, ".png")), .name = "blank"}},
      {.in_colour = true}, problems);
  const CachedOcrResults ocr_results(folder, reader_);
  const nlohmann::json of_faint = ocr_results.get(pages, 0, stop_);
  EXPECT_GT(of_faint.at("expected_cer"), kGoodText);
  const auto reasons = reasons_of_json(of_faint.at("reasons"));
  EXPECT_TRUE(std::ranges::any_of(
      reasons, [](const PageReason& one) { return one.kind == PageReasonKind::faint; }));
  EXPECT_EQ(ocr_results.find(pages.pages()[0]), of_faint);
  const nlohmann::json of_blank = ocr_results.get(pages, 1, stop_);
  EXPECT_EQ(of_blank.at("expected_cer"), 0);
  EXPECT_TRUE(of_blank.at("reasons").empty());
  PreviewRequest request = request_for("raw");
  request.page = 1;
  EXPECT_EQ(previews_.ocr_result(pages, request)->at("expected_cer"), 0);
}

}  // namespace
}  // namespace ocrtune
