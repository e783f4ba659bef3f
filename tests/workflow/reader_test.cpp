#include "ocrtune/workflow/reader.h"

#include <gtest/gtest.h>

#include <atomic>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "ocrtune/base/error.h"
#include "ocrtune/devices/devices.h"
#include "ocrtune/image/turned_page.h"
#include "ocrtune/ocr/self_check.h"
#include "support/errors.h"

namespace ocrtune {
namespace {

using workflow::Reader;
using workflow::ReaderOptions;

const std::atomic<bool> kNotStopped{false};

Image page_with_text() { return self_check_page(); }

std::string text_by(const ReaderOptions& options, const Image& page) {
  const Reader reader(options, {});
  const auto read = reader.read(page, kNotStopped);
  return read ? plain_text(read->ocr_result) : "";
}

TEST(Reader, RecognizesAPageInMemory) {
  const Image page = page_with_text();
  const Reader reader({}, {});
  const auto read = reader.read(page, kNotStopped);
  ASSERT_TRUE(read);
  EXPECT_GT(read->ocr_result.words.size(), 3U);
  EXPECT_EQ(read->ocr_result.width, page.gray.cols);
  EXPECT_EQ(read->turns, 0);
  EXPECT_FALSE(read->engine.empty());
  EXPECT_FALSE(reader.wants_colour());
  EXPECT_EQ(plain_text(reader.read(page, kNotStopped)->ocr_result), plain_text(read->ocr_result));
}

TEST(Reader, IsUsedByThreads) {
  const Image page = page_with_text();
  const Reader reader({.pipeline = {.pipeline = "standard"}}, {});
  std::vector<std::string> texts(3);
  std::vector<std::thread> threads;
  for (std::string& text : texts) {
    threads.emplace_back([&] { text = plain_text(reader.read(page, kNotStopped)->ocr_result); });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_FALSE(texts[0].empty());
  EXPECT_EQ(texts[1], texts[0]);
  EXPECT_EQ(texts[2], texts[0]);
}

TEST(Reader, TurnsPagesWithAPortfolio) {
  const Image page = page_with_text();
  const Image turned = turned_clockwise(page, 1);
  const Reader reader({.portfolio = "documents"}, {});
  const auto upright = reader.read(page, kNotStopped);
  const auto read = reader.read(turned, kNotStopped);
  ASSERT_TRUE(read && upright);
  EXPECT_EQ(upright->turns, 0);
  EXPECT_EQ(read->turns, 3);
  EXPECT_EQ(plain_text(read->ocr_result), plain_text(upright->ocr_result));
  EXPECT_EQ(read->ocr_result.width, turned.gray.cols);
}

TEST(Reader, GivesTheSameOnEveryDevice) {
  if (devices().empty()) GTEST_SKIP() << "no device besides the CPU";
  const Image page = page_with_text();
  const std::string device = devices().front().info.name;
  for (const bool portfolio : {false, true}) {
    ReaderOptions options{
        .pipeline = {.pipeline = portfolio ? std::nullopt : std::optional("standard")}};
    if (portfolio) options.portfolio = "documents";
    const std::string text = text_by(options, page);
    for (const std::string& name : {device, std::string("auto")}) {
      options.devices.device = name;
      EXPECT_EQ(text_by(options, page), text) << name;
    }
  }
}

TEST(Reader, EndsWhenItIsStopped) {
  const std::atomic<bool> stop{true};
  EXPECT_FALSE(Reader({}, {}).read(page_with_text(), stop));
}

TEST(Reader, ChecksItsOptions) {
  const auto refused = [](Errc code, const ReaderOptions& options) {
    return test::error_of(code, [&] { const Reader reader(options, {}); });
  };
  refused(Errc::invalid_argument, {.vote = true});
  refused(Errc::invalid_argument, {.effort = "most"});
  refused(Errc::invalid_argument, {.recipe_choice = "fast"});
  refused(Errc::pipeline_invalid, {.recipe = "no_such.toml"});
  refused(Errc::invalid_argument, {.ocr = {.engine = "no_such"}});
  refused(Errc::dependency_missing, {.lang = "xyz"});
  refused(Errc::dependency_missing, {.devices = {.device = "opencl:77"}});
  refused(Errc::dependency_missing, {.devices = {.ocr_device = "opencl:77"}});
  refused(Errc::invalid_argument, {.devices = {.device = "toaster"}});
  refused(Errc::pipeline_invalid, {.pipeline = {.pipeline = "no_such"}});
  refused(Errc::pipeline_invalid, {.portfolio = "no_such"});
}

TEST(Reader, RefusesPagesOverTheLimits) {
  Image page;
  page.gray = cv::Mat(1, 40'000, CV_8UC1, cv::Scalar(255));
  test::error_of(Errc::input_unreadable, [&] { (void)Reader({}, {}).read(page, kNotStopped); });
  EXPECT_EQ(text_by({}, {.gray = cv::Mat(50, 50, CV_8UC1, cv::Scalar(255))}), "");
}

}  // namespace
}  // namespace ocrtune
