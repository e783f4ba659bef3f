#include "ocrtune/report/picture_uri.h"

#include <gtest/gtest.h>

#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

namespace ocrtune {
namespace {

/// The image that a `data:` URI holds.
cv::Mat decoded(const std::string& uri) {
  const std::string digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const std::string text = uri.substr(uri.find(',') + 1);
  std::vector<uchar> bytes;
  EXPECT_EQ(text.size() % 4, 0U);
  for (std::size_t at = 0; at < text.size(); at += 4) {
    unsigned bits = 0;
    int count = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      const std::size_t digit = digits.find(text[at + i]);
      count += digit != std::string::npos ? 1 : 0;
      bits = bits << 6U | (digit == std::string::npos ? 0U : static_cast<unsigned>(digit));
    }
    for (int i = 0; i < count - 1; ++i)
      bytes.push_back(static_cast<uchar>(bits >> (16 - 8 * i) & 255U));
  }
  return cv::imdecode(bytes, cv::IMREAD_UNCHANGED);
}

/// Lines of black on white, as text is.
cv::Mat black_and_white(int width, int height) {
  cv::Mat page(height, width, CV_8UC1, cv::Scalar(255));
  for (int y = 20; y < height; y += 30)
    cv::rectangle(page, {10, y}, {width - 10, y + 8}, cv::Scalar(0), cv::FILLED);
  return page;
}

cv::Mat noise(int width, int height) {
  cv::Mat page(height, width, CV_8UC1);
  cv::theRNG().state = 1;
  cv::randu(page, 0, 256);
  return page;
}

TEST(PictureUri, OfASmallPageHasItsSize) {
  cv::Mat page(50, 31, CV_8UC1, cv::Scalar(200));
  page.at<uchar>(3, 4) = 17;
  const std::string uri = picture_uri(page);
  EXPECT_TRUE(uri.starts_with("data:image/jpeg;base64,"));
  const cv::Mat found = decoded(uri);
  EXPECT_EQ(found.size(), page.size());
  EXPECT_EQ(found.channels(), 1);
  EXPECT_NEAR(cv::mean(found)[0], 200, 2);
}

TEST(PictureUri, OfBlackAndWhiteIsPngWithoutLoss) {
  const cv::Mat page = black_and_white(300, 200);
  const std::string uri = picture_uri(page);
  EXPECT_TRUE(uri.starts_with("data:image/png;base64,"));
  EXPECT_EQ(cv::norm(decoded(uri), page, cv::NORM_INF), 0);
}

TEST(PictureUri, IsReducedToFit) {
  EXPECT_EQ(decoded(picture_uri(black_and_white(2400, 3000))).size(), cv::Size(1200, 1500));
  EXPECT_EQ(decoded(picture_uri(black_and_white(600, 4800))).size(), cv::Size(300, 2400));
  EXPECT_EQ(decoded(picture_uri(cv::Mat(1, 30'000, CV_8UC1, cv::Scalar(0)))).size(),
            cv::Size(1200, 1));
}

TEST(PictureUri, OfAPageThatPacksBadlyIsCoarser) {
  const cv::Mat page = noise(2400, 3000);
  const std::string uri = picture_uri(page);
  EXPECT_LE(uri.size(), PictureLimits{}.characters);
  EXPECT_GE(decoded(uri).cols, 600);
  cv::Mat spots;
  cv::threshold(noise(1200, 2000), spots, 128, 255, cv::THRESH_BINARY);
  EXPECT_LE(picture_uri(spots).size(), PictureLimits{}.characters);
}

TEST(PictureUri, OfAViewIsThatOfItsPixels) {
  const cv::Mat page = noise(200, 200);
  const cv::Mat view = page(cv::Rect(10, 10, 101, 73));
  EXPECT_EQ(picture_uri(view), picture_uri(view.clone()));
}

}  // namespace
}  // namespace ocrtune
