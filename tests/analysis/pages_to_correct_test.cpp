#include "ocrtune/analysis/pages_to_correct.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <memory>
#include <string>

#include "ocrtune/base/error.h"
#include "support/encoded.h"
#include "support/errors.h"
#include "support/images.h"
#include "support/temp_folder.h"

namespace ocrtune {
namespace {

using test::TempFolder;

class PagesToCorrect : public ::testing::Test {
 protected:
  static constexpr int kPages = 150;

  PagesToCorrect() {
    std::vector<InputFile> files;
    for (int i = 0; i < kPages; ++i) {
      const std::string name = std::to_string(i) + ".png";
      const cv::Mat pixels = test::noise(24, 20, static_cast<std::uint64_t>(i) + 1);
      files.push_back({.path = folder_.write(name, test::encoded(pixels, ".png")), .name = name});
      pages_.push_back({.page = static_cast<std::size_t>(i), .expected_cer = i % 50 / 100.0});
    }
    files[49].truth = folder_.write("known.txt", std::string("text"));
    std::vector<Problem> problems;
    corpus_ = Corpus::load(files, {}, problems);
  }

  std::vector<std::size_t> chosen() {
    const std::atomic<bool> stop{false};
    return pages_to_correct(corpus_, pages_, 5, *cache_, 2, stop);
  }

  TempFolder folder_;
  Corpus corpus_;
  std::vector<RecognizedPage> pages_;
  std::unique_ptr<PageFeatureCache> cache_ = std::make_unique<PageFeatureCache>();
};

TEST_F(PagesToCorrect, AreDoubtfulOnesWithoutGroundTruth) {
  const std::vector<std::size_t> pages = chosen();
  ASSERT_EQ(pages.size(), 5U);
  EXPECT_EQ(std::ranges::count(pages, 49U), 0);
  for (const std::size_t page : pages) EXPECT_GT(pages_[page].expected_cer, 0.1) << page;
}

TEST_F(PagesToCorrect, AreDecodedOnce) {
  const std::vector<std::size_t> pages = chosen();
  for (int i = 0; i < kPages; ++i)
    std::filesystem::remove(folder_.path() / (std::to_string(i) + ".png"));
  EXPECT_EQ(chosen(), pages);
  cache_ = std::make_unique<PageFeatureCache>();
  EXPECT_EQ(chosen(), std::vector<std::size_t>());
}

TEST_F(PagesToCorrect, EndWhenStopped) {
  const std::atomic<bool> stop{true};
  (void)test::error_of(Errc::interrupted,
                       [&] { (void)pages_to_correct(corpus_, pages_, 5, *cache_, 2, stop); });
}

}  // namespace
}  // namespace ocrtune
