#include "ocrtune/training/lstm_trainer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <numeric>
#include <opencv2/imgproc.hpp>
#include <thread>

#include "ocrtune/base/edit_distance.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/random.h"
#include "ocrtune/base/spawn.h"
#include "ocrtune/ocr/tessdata/traineddata.h"
#include "support/errors.h"
#include "support/model_files.h"
#include "support/temp_folder.h"

namespace ocrtune::training {
namespace {

using Pictures = std::vector<LinePicture>;

/// Not stopped.
const std::atomic<bool> kGo = false;

/// A line in letters like handwriting, which models do not know.
LinePicture line_of(const std::string& text) {
  constexpr int kFont = cv::FONT_HERSHEY_SCRIPT_COMPLEX;
  const int width = cv::getTextSize(text, kFont, 1, 1, nullptr).width;
  cv::Mat gray(48, width + 20, CV_8U, cv::Scalar(245));
  cv::putText(gray, text, {10, 33}, kFont, 1, 20, 1, cv::LINE_AA);
  return {.gray = gray, .text = text};
}

/// A word and a character that no model has.
LinePicture line_with_triangle(const std::string& word) {
  LinePicture line = line_of(word);
  cv::copyMakeBorder(line.gray, line.gray, 0, 0, 0, 40, cv::BORDER_REPLICATE);
  const int x = line.gray.cols - 38;
  const std::vector<cv::Point> corners = {{x, 12}, {x + 28, 22}, {x, 33}};
  cv::fillConvexPoly(line.gray, corners, 20, cv::LINE_AA);
  line.text += " ☞";
  return line;
}

std::shared_ptr<const Pictures> some_lines(std::size_t count) {
  const std::vector<std::string> words = {"small", "boats", "harbour", "quiet", "winter", "evening",
                                          "river", "stone", "bridge",  "light", "never",  "again"};
  Random random(7);
  auto lines = std::make_shared<Pictures>();
  const auto word = [&] { return words[random.bits() % words.size()]; };
  while (lines->size() < count) lines->push_back(line_of(word() + " " + word()));
  return lines;
}

std::vector<std::size_t> indices(std::size_t from, std::size_t to) {
  std::vector<std::size_t> result(to - from);
  std::iota(result.begin(), result.end(), from);
  return result;
}

std::size_t wrong_in(ModelInTraining& model, const Pictures& pictures,
                     const std::vector<std::size_t>& which) {
  const std::vector<std::string> texts = model.recognize(which, kGo);
  std::size_t wrong = 0;
  for (std::size_t i = 0; i < which.size(); ++i)
    wrong += edit_distance(texts[i], pictures[which[i]].text);
  return wrong;
}

class LstmTrainer : public testing::Test {
 protected:
  void SetUp() override {
    if (find_program("lstmtraining", "/").empty()) GTEST_SKIP() << "no lstmtraining";
  }

  /// A trainer of a model of few weights with these pictures.
  [[nodiscard]] std::unique_ptr<ModelTrainer> tiny_trainer(
      std::shared_ptr<const Pictures> pictures) const {
    test::TinyModel shape;
    shape.characters = {"a", "b", "e", "g", "h", "i", "l", "m", "n",
                        "o", "q", "r", "s", "t", "u", "v", "w", "d"};
    shape.words = {};
    folder_.write("models/xyz.traineddata", test::tiny_model(shape));
    return open_lstm_trainer("xyz", (folder_.path() / "models").string(), std::move(pictures),
                             folder_.path());
  }

  /// The file of a model.
  [[nodiscard]] std::vector<std::byte> written(ModelInTraining& model,
                                               const std::string& lang = "xyz") const {
    model.write(folder_.path() / "out", "three\nlines");
    return read_bytes(folder_.path() / "out" / (lang + ".traineddata"), 100'000'000);
  }

  test::TempFolder folder_;
};

TEST_F(LstmTrainer, LowersTheErrorOnOtherLines) {
  const auto pictures = some_lines(60);
  const auto trainer = open_lstm_trainer("eng", "", pictures, folder_.path());
  const auto model = trainer->start();
  const std::vector<std::size_t> others = indices(40, 60);
  const std::size_t before = wrong_in(*model, *pictures, others);
  for (int epoch = 0; epoch < 3; ++epoch) ASSERT_TRUE(model->train(indices(0, 40), kGo));
  const std::size_t after = wrong_in(*model, *pictures, others);
  EXPECT_GE(before, 10U);
  EXPECT_LT(2 * after, before);

  const auto file = tessdata::TrainedData::parse(written(*model, "eng"), "eng");
  const auto version = file.bytes(tessdata::Component::version);
  EXPECT_TRUE(std::string(version.begin(), version.end()).ends_with("; three?lines"));
  EXPECT_TRUE(file.has(tessdata::Component::word_dawg));
}

TEST_F(LstmTrainer, LearnsAddedCharacters) {
  const auto pictures = std::make_shared<Pictures>();
  for (const char* word : {"at", "of", "we", "it", "he", "us"})
    pictures->push_back(line_with_triangle(word));
  const auto without = open_lstm_trainer("eng", "", pictures, folder_.path());
  EXPECT_EQ(without->missing_characters(), std::set<std::string>{"☞"});
  const auto trainer = without->with_characters({{"☞", "-"}});
  EXPECT_TRUE(trainer->missing_characters().empty());
  const auto model = trainer->start();
  std::vector<std::size_t> slice;
  for (std::size_t i = 0; i < 240; ++i) slice.push_back(i % pictures->size());
  ASSERT_TRUE(model->train(slice, kGo));
  const std::vector<std::string> texts = model->recognize(indices(0, pictures->size()), kGo);
  for (auto& t : texts) std::cout << t << "\n";
  EXPECT_GE(
      std::ranges::count_if(texts, [](const auto& text) { return test::contains(text, "☞"); }), 4);
}

TEST_F(LstmTrainer, GivesTheSameModelForTheSameCalls) {
  const auto trainer = tiny_trainer(some_lines(10));
  std::vector<std::vector<std::byte>> files;
  for (int i = 0; i < 2; ++i) {
    const auto model = trainer->start();
    ASSERT_TRUE(model->train(indices(0, 7), kGo));
    ASSERT_TRUE(model->train(indices(5, 10), kGo));
    files.push_back(written(*model));
  }
  EXPECT_EQ(files[0], files[1]);
}

TEST_F(LstmTrainer, TrainsWithEachPictureOnceAndInOrder) {
  const auto trainer = tiny_trainer(some_lines(10));
  const auto whole = trainer->start();
  ASSERT_TRUE(whole->train(indices(0, 10), kGo));
  const auto parts = trainer->start();
  for (const auto& [from, to] : {std::pair(0, 3), {3, 4}, {4, 4}, {4, 10}})
    ASSERT_TRUE(
        parts->train(indices(static_cast<std::size_t>(from), static_cast<std::size_t>(to)), kGo));
  EXPECT_EQ(written(*parts), written(*whole));
  const auto other = trainer->start();
  ASSERT_TRUE(other->train(indices(0, 9), kGo));
  EXPECT_NE(written(*other), written(*whole));
}

TEST_F(LstmTrainer, LeavesOutWhatCannotBeTrainedWith) {
  const auto lines = std::make_shared<Pictures>(*some_lines(4));
  lines->push_back(line_of("x y z"));                      // missing characters
  lines->push_back({.gray = cv::Mat(), .text = "boats"});  // no picture
  lines->push_back({.gray = cv::Mat(64, 12, CV_8U, 200), .text = "boats again"});  // too narrow
  lines->push_back({.gray = cv::Mat(8, 1500, CV_8U, 200), .text = "boats"});       // too wide
  const auto trainer = tiny_trainer(lines);
  const auto model = trainer->start();
  ASSERT_TRUE(model->train(indices(4, 8), kGo));
  ASSERT_TRUE(model->train(indices(0, 8), kGo));
  const auto same = trainer->start();
  ASSERT_TRUE(same->train(indices(0, 4), kGo));
  EXPECT_EQ(written(*model), written(*same));
}

TEST_F(LstmTrainer, IsStopped) {
  const auto trainer = open_lstm_trainer("eng", "", some_lines(20), folder_.path());
  const auto model = trainer->start();
  std::vector<std::size_t> long_slice;
  for (int i = 0; i < 100; ++i) {
    const auto all = indices(0, 20);
    long_slice.insert(long_slice.end(), all.begin(), all.end());
  }
  std::atomic<bool> stop = false;
  std::thread stopper([&stop] {
    std::this_thread::sleep_for(std::chrono::milliseconds(400));
    stop = true;
  });
  EXPECT_FALSE(model->train(long_slice, stop));
  stopper.join();
  EXPECT_FALSE(model->train(indices(0, 1), stop));
}

TEST_F(LstmTrainer, RemovesTheFoldersOfItsModels) {
  const auto trainer = tiny_trainer(some_lines(2));
  const auto names = folder_.names();
  {
    const auto model = trainer->start();
    ASSERT_TRUE(model->train(indices(0, 2), kGo));
    EXPECT_EQ(folder_.names().size(), names.size() + 1);
  }
  EXPECT_EQ(folder_.names(), names);
}

TEST_F(LstmTrainer, SaysWhatTheProgramFailedOf) {
  const auto trainer = tiny_trainer(some_lines(2));
  folder_.write("base.lstm", std::string("damaged"));
  const auto model = trainer->start();
  const std::string message =
      test::error_of(Errc::dependency_missing, [&] { model->train(indices(0, 2), kGo); });
  EXPECT_TRUE(test::contains(message, "lstmtraining")) << message;
  EXPECT_TRUE(test::contains(message, "base.lstm")) << message;
}

TEST_F(LstmTrainer, RefusesSeveralLanguagesAndAbsentOnes) {
  const auto none = std::make_shared<Pictures>();
  for (const char* lang : {"eng+fra", "absent"}) {
    test::error_of(Errc::dependency_missing,
                   [&] { open_lstm_trainer(lang, "", none, folder_.path()); });
  }
}

TEST(LstmTrainerWithoutTheProgram, NamesThePackage) {
  const test::TempFolder folder;
  const std::string path = std::getenv("PATH");
  ::setenv("PATH", folder.path().c_str(), 1);
  const std::string message = test::error_of(Errc::dependency_missing, [&] {
    open_lstm_trainer("eng", "", std::make_shared<Pictures>(), folder.path());
  });
  ::setenv("PATH", path.c_str(), 1);
  EXPECT_TRUE(test::contains(message, "tesseract-ocr")) << message;
}

}  // namespace
}  // namespace ocrtune::training
