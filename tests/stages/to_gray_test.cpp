#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "ocrtune/base/random.h"
#include "ocrtune/kernels/filter/gray_of_colour.h"
#include "support/images.h"
#include "support/stage_runs.h"

namespace ocrtune {
namespace {

using test::coloured;
using test::same_pixels;

Image coloured_page(const cv::Mat& colour) {
  Image page{{}, {}};
  page.colour = colour;
  cv::cvtColor(colour, page.gray, cv::COLOR_BGR2GRAY);
  return page;
}

cv::Mat by(const std::string& channel, const Image& page) {
  const Stage stage = to_gray();
  Values values;
  values.set("channel", parse_value(stage.parameters[0], channel, "channel"));
  return apply(stage, page, values).gray;
}

cv::Mat by(const std::string& channel, const cv::Mat& colour) {
  return by(channel, coloured_page(colour));
}

TEST(ToGray, LumaIsThePageAsItCame) {
  // Whatever its gray pixels are: those of a JPEG file aren't the sum of its colours.
  Image page = coloured_page(coloured(20, 10, 1));
  page.gray = test::noise(20, 10, 9);
  EXPECT_TRUE(same_pixels(by("luma", page), page.gray));
}

TEST(ToGray, ChannelsAreInTheirOrder) {
  const cv::Mat one(1, 1, CV_8UC3, cv::Scalar(10, 20, 30));  // blue, green, red
  EXPECT_EQ(by("blue", one).at<uchar>(0), 10);
  EXPECT_EQ(by("green", one).at<uchar>(0), 20);
  EXPECT_EQ(by("red", one).at<uchar>(0), 30);
  EXPECT_EQ(by("min", one).at<uchar>(0), 10);
  EXPECT_EQ(by("max", one).at<uchar>(0), 30);
}

RC_GTEST_PROP(ToGray, DarkestIsBelowEveryOtherAndLightestAbove, ()) {
  const cv::Mat page = coloured(*rc::gen::inRange(1, 20), *rc::gen::inRange(1, 20),
                                *rc::gen::arbitrary<std::uint64_t>());
  const cv::Mat least = by("min", page);
  const cv::Mat most = by("max", page);
  for (const char* channel : {"luma", "red", "green", "blue", "lightness"}) {
    const cv::Mat gray = by(channel, page);
    RC_ASSERT(cv::countNonZero(gray < least) == 0);
    RC_ASSERT(cv::countNonZero(gray > most) == 0);
  }
}

double light(double level) {
  return level <= 0.04045 ? level / 12.92 : std::pow((level + 0.055) / 1.055, 2.4);
}

/// L* of a colour of sRGB, by CIELAB's formula.
double lightness(double blue, double green, double red) {
  const double y =
      0.0722 * light(blue / 255) + 0.7152 * light(green / 255) + 0.2126 * light(red / 255);
  return y > 216.0 / 24389 ? 116 * std::cbrt(y) - 16 : y * 24389 / 27;
}

RC_GTEST_PROP(ToGray, LightnessIsThatOfTheColour, ()) {
  const cv::Mat page = coloured(16, 16, *rc::gen::arbitrary<std::uint64_t>());
  const cv::Mat gray = by("lightness", page);
  for (int y = 0; y < page.rows; ++y) {
    for (int x = 0; x < page.cols; ++x) {
      const auto& colour = page.at<cv::Vec3b>(y, x);
      const double wanted = lightness(colour[0], colour[1], colour[2]);
      const int level = gray.at<uchar>(y, x);
      // No gray level is nearer, but for rounding at the middle between two.
      RC_ASSERT(lightness(level - 0.6, level - 0.6, level - 0.6) < wanted + 1e-9);
      RC_ASSERT(lightness(level + 0.6, level + 0.6, level + 0.6) > wanted - 1e-9);
    }
  }
}

TEST(ToGray, LightnessKeepsGrays) {
  cv::Mat grays(1, 256, CV_8UC1);
  for (int i = 0; i < 256; ++i) grays.at<uchar>(i) = static_cast<uchar>(i);
  cv::Mat page;
  cv::cvtColor(grays, page, cv::COLOR_GRAY2BGR);
  EXPECT_TRUE(same_pixels(by("lightness", page), grays));
}

TEST(ToGray, PrincipalDirectionIsOpenCvs) {
  for (std::uint64_t seed = 1; seed < 20; ++seed) {
    Random random(seed);
    cv::Mat page(40, 30, CV_8UC3);
    const cv::Vec3d along(random.uniform(0.1, 1), random.uniform(0.1, 1), random.uniform(0.1, 1));
    for (auto& colour : cv::Mat_<cv::Vec3b>(page)) {
      const double place = random.uniform(-90, 90);
      for (int c = 0; c < 3; ++c)
        colour[c] = cv::saturate_cast<uchar>(128 + place * along[c] + random.uniform(-9, 9));
    }
    const auto direction = principal_direction(page);
    ASSERT_TRUE(direction.has_value());
    cv::Mat samples;
    page.reshape(1, static_cast<int>(page.total())).convertTo(samples, CV_64F);
    const cv::PCA pca(samples, cv::noArray(), cv::PCA::DATA_AS_ROW, 1);
    double product = 0;
    for (int c = 0; c < 3; ++c)
      product += (*direction)[static_cast<std::size_t>(c)] * pca.eigenvectors.at<double>(0, c);
    EXPECT_NEAR(std::abs(product), 1 << 14, 2);
    EXPECT_GT((*direction)[0] + (*direction)[1] + (*direction)[2], 0);
  }
}

/// Paper with a share of its pixels in ink.
cv::Mat inked(const cv::Scalar& paper, const cv::Scalar& ink) {
  cv::Mat page(30, 40, CV_8UC3, paper);
  page(cv::Rect(5, 5, 20, 6)).setTo(ink);
  return page;
}

TEST(ToGray, PrincipalMakesPaperLightAndInkDark) {
  const std::vector<std::pair<cv::Scalar, cv::Scalar>> pages{
      {cv::Scalar(255, 255, 255), cv::Scalar(0, 0, 0)},
      {cv::Scalar(90, 210, 235), cv::Scalar(120, 40, 90)},  // yellow, purple
      {cv::Scalar(60, 140, 60), cv::Scalar(60, 84, 170)},   // green, red, equally light
      {cv::Scalar(60, 84, 170), cv::Scalar(60, 140, 60)}};  // the other way about
  for (const auto& [paper, ink] : pages) {
    const cv::Mat gray = by("principal", inked(paper, ink));
    EXPECT_EQ(gray.at<uchar>(20, 20), 255) << paper;
    EXPECT_EQ(gray.at<uchar>(8, 10), 0) << paper;
  }
}

TEST(ToGray, PrincipalKeepsLightTextLight) {
  const cv::Mat gray = by("principal", inked(cv::Scalar(90, 30, 20), cv::Scalar(230, 255, 250)));
  EXPECT_EQ(gray.at<uchar>(20, 20), 0);
  EXPECT_EQ(gray.at<uchar>(8, 10), 255);
}

TEST(ToGray, PrincipalOfOneColourIsThePage) {
  const Image page = coloured_page(cv::Mat(5, 6, CV_8UC3, cv::Scalar(90, 30, 20)));
  EXPECT_TRUE(same_pixels(by("principal", page), page.gray));
}

TEST(ToGray, OnePixelInAThousandDoesntSpoilTheSpread) {
  cv::Mat page(100, 100, CV_8UC3, cv::Scalar(100, 190, 200));
  page(cv::Rect(10, 10, 30, 30)).setTo(cv::Scalar(80, 90, 100));
  const cv::Mat clean = by("principal", page);
  page(cv::Rect(60, 60, 2, 2)).setTo(cv::Scalar(255, 255, 255));
  const cv::Mat spotted = by("principal", page);
  EXPECT_LE(cv::norm(clean, spotted, cv::NORM_INF), 2);
}

TEST(ToGray, RedMakesARedStampVanish) {
  cv::Mat page(40, 60, CV_8UC3, cv::Scalar(240, 240, 240));
  page(cv::Rect(10, 10, 30, 8)).setTo(cv::Scalar(60, 50, 238));
  page(cv::Rect(20, 5, 3, 25)).setTo(cv::Scalar(20, 20, 20));
  const cv::Mat gray = by("red", page);
  EXPECT_GE(gray.at<uchar>(12, 12), 235);
  EXPECT_EQ(gray.at<uchar>(12, 21), 20);
  EXPECT_LT(coloured_page(page).gray.at<uchar>(12, 12), 130);
}

}  // namespace
}  // namespace ocrtune
