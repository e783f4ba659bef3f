#include "ocrtune/kernels/measure/x_height.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <opencv2/imgproc.hpp>
#include <string>
#include <vector>

#include "support/images.h"
#include "support/kernel_cases.h"

namespace ocrtune {
namespace {

using namespace test;

int thickness_of(double size) { return std::max(1, static_cast<int>(2 * size)); }

/// Height of the ink of a text in Hershey's font.
int ink_height(const std::string& text, double size, int thickness) {
  cv::Mat page(400, 2000, CV_8UC1, cv::Scalar(255));
  cv::putText(page, text, {50, 250}, cv::FONT_HERSHEY_SIMPLEX, size, 0, thickness);
  return cv::boundingRect(255 - page).height;
}

struct Lines {
  std::vector<std::string> texts;
  double size = 1;
  int paper = 225;
  int ink = 40;
};

cv::Mat drawn(const Lines& lines) {
  const int pitch = static_cast<int>(50 * lines.size);
  cv::Mat page(pitch * 9, static_cast<int>(700 * lines.size), CV_8UC1, cv::Scalar(lines.paper));
  for (int i = 0; i < 8; ++i) {
    const std::string& text = lines.texts.at(static_cast<std::size_t>(i) % lines.texts.size());
    cv::putText(page, text, {pitch / 2, pitch * (i + 1)}, cv::FONT_HERSHEY_SIMPLEX, lines.size,
                lines.ink, thickness_of(lines.size), cv::LINE_AA);
  }
  return page;
}

const std::vector<std::string> kProse{"the quick brown fox jumps", "over a lazy dog, and then",
                                      "small letters have no tails", "except for some of them"};
const std::vector<std::string> kCapitals{"INVOICE NO 1705", "TOTAL AMOUNT 204"};

class XHeightOfSizes : public testing::TestWithParam<double> {};

INSTANTIATE_TEST_SUITE_P(Sizes, XHeightOfSizes, testing::Values(0.5, 0.8, 1, 1.5, 2, 3, 4.5));

TEST_P(XHeightOfSizes, IsTheHeightOfSmallLetters) {
  const double size = GetParam();
  const int expected = ink_height("xvz", size, thickness_of(size));
  EXPECT_NEAR(x_height(drawn({kProse, size})), expected, 0.1 * expected + 0.5);
}

TEST_P(XHeightOfSizes, IsTheSameForLightOnDark) {
  const double size = GetParam();
  EXPECT_NEAR(x_height(drawn({kProse, size, 30, 200})), x_height(drawn({kProse, size, 225, 55})),
              0.02 * size + 0.2);
}

TEST_P(XHeightOfSizes, GoesWithCapitals) {
  const double size = GetParam();
  const int capital = ink_height("HEN", size, thickness_of(size));
  EXPECT_NEAR(x_height(drawn({kCapitals, size})), 0.7 * capital, 0.07 * capital + 0.5);
}

TEST(XHeight, GrowsWithThePage) {
  const cv::Mat page = drawn({kProse, 1.4});
  const double before = x_height(page);
  for (const double scale : {0.5, 0.75, 1.5, 2.0, 3.0}) {
    cv::Mat scaled;
    cv::resize(page, scaled, {}, scale, scale, scale < 1 ? cv::INTER_AREA : cv::INTER_CUBIC);
    EXPECT_NEAR(x_height(scaled), scale * before, 0.08 * scale * before) << scale;
  }
}

TEST(XHeight, StandsLinesShadeAndGrain) {
  cv::Mat page = drawn({kProse, 1});
  const double clean = x_height(page);
  cv::RNG rng(4);
  for (int x = 40; x < page.cols; x += 130) cv::line(page, {x, 0}, {x, page.rows}, 60, 2);
  cv::circle(page, {300, 200}, 90, 150, 12);
  for (int y = 0; y < page.rows; ++y) {
    for (int x = 0; x < page.cols; ++x) {
      const double light = 1 - 0.5 * x / page.cols;
      page.at<uchar>(y, x) =
          cv::saturate_cast<uchar>(page.at<uchar>(y, x) * light + rng.gaussian(4));
    }
  }
  EXPECT_NEAR(x_height(page), clean, 0.1 * clean);
}

/// Characters printed as dots that do not touch, as by a needle printer.
TEST(XHeight, PutsDotsTogether) {
  const cv::Mat page = drawn({kProse, 2.4});
  const double whole = x_height(page);
  cv::Mat dotted = page.clone();
  for (int y = 0; y < dotted.rows; y += 5) dotted.row(y) = 225;
  for (int x = 0; x < dotted.cols; x += 5) dotted.col(x) = 225;
  EXPECT_NEAR(x_height(dotted), whole, 0.12 * whole);
}

TEST(XHeight, IsZeroWithoutText) {
  for (const int level : {0, 100, 255}) {
    for (const cv::Size size : {cv::Size{1, 1}, cv::Size{500, 300}}) {
      EXPECT_EQ(x_height(cv::Mat(size, CV_8UC1, cv::Scalar(level))), 0);
    }
  }
  EXPECT_EQ(x_height(noise(400, 300, 1)), 0);
  cv::Mat grain(300, 400, CV_8UC1);
  cv::RNG(2).fill(grain, cv::RNG::NORMAL, 180, 15);
  EXPECT_EQ(x_height(grain), 0);
  cv::Mat form(400, 400, CV_8UC1, cv::Scalar(250));
  for (int at = 30; at < 400; at += 60) {
    cv::line(form, {0, at}, {399, at}, 10, 2);
    cv::line(form, {at, 0}, {at, 399}, 10, 2);
  }
  EXPECT_EQ(x_height(form), 0);
}

TEST(XHeight, TakesAnyImageAndLooksOnlyAtIt) {
  cv::RNG rng(3);
  for (int round = 0; round < 300 && !HasFailure(); ++round) {
    const cv::Mat image = kernel_image(kernel_size(300, rng), round, rng);
    const double height = x_height(image);
    EXPECT_GE(height, 0);
    EXPECT_LE(height, image.rows);
    EXPECT_EQ(x_height(as_part_of_larger(image)), height);
  }
  EXPECT_THROW((void)x_height({}), cv::Exception);
  EXPECT_THROW((void)x_height(cv::Mat(8, 8, CV_8UC3)), cv::Exception);
}

}  // namespace
}  // namespace ocrtune
