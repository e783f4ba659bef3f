// A page in black and white over its colours.

#include "ocrtune/image/page_layers.h"

#include <gtest/gtest.h>

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "support/images.h"

namespace ocrtune {
namespace {

const cv::Vec3b kPaper(150, 210, 230);
const cv::Vec3b kInk(120, 40, 20);

/// Lines of ink on paper; `output` has them in black.
struct Sample {
  Image page;
  Image output;
};

Sample sample(int width = 600, int height = 400) {
  cv::Mat colour(height, width, CV_8UC3, kPaper);
  cv::Mat black(height, width, CV_8UC1, cv::Scalar(255));
  for (int y = 40; y + 20 < height; y += 30) {
    for (int x = 30; x + 40 < width; x += 25) {
      const cv::Rect letter(x, y, 6, 14);
      colour(letter) = kInk;
      black(letter) = 0;
    }
  }
  cv::Mat gray;
  cv::cvtColor(colour, gray, cv::COLOR_BGR2GRAY);
  return {.page = {.gray = gray, .dpi = {300, 300}, .colour = colour},
          .output = {.gray = black, .dpi = {300, 300}}};
}

cv::Mat background_of(const PageLayers& layers) {
  const auto& bytes = layers.background.image.data;
  const auto* first = reinterpret_cast<const uchar*>(bytes.data());
  return cv::imdecode(std::vector<uchar>(first, first + bytes.size()), cv::IMREAD_COLOR);
}

double distance_to(const cv::Mat& pixels, const cv::Vec3b& colour) {
  return cv::norm(pixels, cv::Mat(pixels.size(), CV_8UC3, colour), cv::NORM_INF);
}

TEST(PageLayers, AreTheInkAndThePaperWithoutIt) {
  const Sample one = sample();
  const auto layers = layers_of(one.output, one.page);
  ASSERT_TRUE(layers);
  EXPECT_EQ(layers->mask.bits, 1);
  EXPECT_EQ(layers->mask.width, 600);
  EXPECT_TRUE(layers->mask.palette.empty());
  const cv::Mat background = background_of(*layers);
  EXPECT_EQ(background.size(), cv::Size(200, 133));
  EXPECT_LE(distance_to(background, kPaper), 3);
  EXPECT_EQ(layers->background.ink, (std::array<std::uint8_t, 3>{kInk[2], kInk[1], kInk[0]}));
}

TEST(PageLayers, OfAGrayPageAreGray) {
  Sample one = sample();
  one.page.colour.release();
  const auto layers = layers_of(one.output, one.page);
  ASSERT_TRUE(layers);
  EXPECT_EQ(layers->background.image.channels, 1);
  EXPECT_EQ(layers->background.ink[0], layers->background.ink[2]);
  EXPECT_LE(distance_to(background_of(*layers), cv::Vec3b::all(one.page.gray.at<uchar>(0, 0))), 3);
}

TEST(PageLayers, LieWhereTheOutputIs) {
  // The output shows the page on its head and twice as large.
  Sample one = sample();
  one.page.colour(cv::Rect(0, 0, 300, 400)) = cv::Vec3b(60, 60, 240);
  one.output.gray = cv::Mat(800, 1200, CV_8UC1, cv::Scalar(255));
  one.output.dpi = {600, 600};
  one.output.to_page = PageMap(cv::Matx33d(-0.5, 0, 600, 0, -0.5, 400, 0, 0, 1));
  const auto layers = layers_of(one.output, one.page);
  ASSERT_TRUE(layers);
  const cv::Mat background = background_of(*layers);
  EXPECT_EQ(background.size(), cv::Size(200, 133));
  EXPECT_LE(distance_to(background(cv::Rect(120, 0, 80, 133)), cv::Vec3b(60, 60, 240)), 4);
  EXPECT_GT(distance_to(background(cv::Rect(0, 0, 80, 133)), cv::Vec3b(60, 60, 240)), 90);
}

TEST(PageLayers, AreOnlyOfBlackAndWhiteMadeOfMore) {
  Sample gray = sample();
  gray.output.gray.at<uchar>(7, 7) = 100;
  EXPECT_FALSE(layers_of(gray.output, gray.page));
  const Sample one = sample();
  EXPECT_FALSE(layers_of(one.output, one.output));
}

TEST(PageLayers, OfAPageOfInkAloneAndOfNoneExist) {
  for (const int level : {0, 255}) {
    for (const cv::Size size : {cv::Size(1, 1), cv::Size(7, 300)}) {
      const Image output{.gray = cv::Mat(size, CV_8UC1, cv::Scalar(level))};
      const Image page{.gray = test::noise(size.width, size.height, 1)};
      const auto layers = layers_of(output, page);
      ASSERT_TRUE(layers);
      EXPECT_FALSE(background_of(*layers).empty());
    }
  }
}

TEST(PageLayers, AreTheSameEachTime) {
  const Sample one = sample(333, 222);
  const auto first = layers_of(one.output, one.page);
  const auto second = layers_of(one.output, one.page);
  EXPECT_EQ(first->background.image.data, second->background.image.data);
  EXPECT_EQ(first->mask.data, second->mask.data);
}

}  // namespace
}  // namespace ocrtune
