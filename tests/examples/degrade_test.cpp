#include "pages/degrade.h"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>
#include <string>
#include <vector>

namespace ocrtune::examples {
namespace {

cv::Mat page(int width, int height) {
  cv::Mat gray(height, width, CV_8UC1, cv::Scalar(255));
  Random random(7);
  for (int i = 0; i < 40; ++i) {
    const cv::Rect word(random.integer(0, width - 1), random.integer(0, height - 1), 1 + width / 12,
                        1 + height / 40);
    gray(word & cv::Rect(0, 0, width, height)).setTo(cv::Scalar(random.integer(0, 60)));
  }
  return gray;
}

bool is_same(const cv::Mat& a, const cv::Mat& b) {
  return a.size() == b.size() && a.type() == b.type() && cv::norm(a, b, cv::NORM_INF) == 0;
}

struct Case {
  Degradation usual;
  Degradation neutral;
};

const std::vector<Case>& cases() {
  static const std::vector<Case> all{
      {RuledLines{}, RuledLines{.rows = 0, .columns = 0}},
      {RuledLines{}, RuledLines{.darkness = 0}},
      {UnevenLight{.gutter = 0.5}, UnevenLight{.gradient = 0, .vignette = 0, .gutter = 0}},
      {Stains{}, Stains{.rings = 0, .blotches = 0}},
      {Stains{}, Stains{.darkness = 0}},
      {ShowThrough{}, ShowThrough{.opacity = 0}},
      {DarkEdges{}, DarkEdges{.width = 0}},
      {DarkEdges{.width = 0.3}, DarkEdges{.darkness = 0}},
      {Blur{}, Blur{.sigma_px = 0, .motion_px = 0}},
      {Blur{.sigma_px = 0, .motion_px = 7}, Blur{.sigma_px = 0}},
      {SaltAndPepper{}, SaltAndPepper{.share = 0}},
      {SaltAndPepper{.size_px = 3}, SaltAndPepper{.contrast = 0}},
      {GaussianNoise{}, GaussianNoise{.deviation = 0}},
      {LowResolution{}, LowResolution{.factor = 1}},
      {Skew{.degrees = 2}, Skew{.degrees = 0}},
      {Paper{}, Paper{.white = 255, .black = 0, .grain = 0}},
      {Fading{}, Fading{.loss = 0}},
      {Jpeg{}, Jpeg{.loss = 0}},
  };
  return all;
}

class EveryDegradation : public testing::TestWithParam<Case> {};

TEST_P(EveryDegradation, ChangesAPageWhenNotNeutral) {
  const cv::Mat before = page(121, 167);
  Random random(3);
  EXPECT_FALSE(is_same(apply(GetParam().usual, before, random), before));
}

TEST_P(EveryDegradation, IsIdentityWhenNeutral) {
  for (const cv::Size size : {cv::Size(121, 167), cv::Size(1, 1), cv::Size(3, 2)}) {
    const cv::Mat before = page(size.width, size.height);
    Random random(3);
    EXPECT_TRUE(is_same(apply(GetParam().neutral, before, random), before)) << size;
  }
}

TEST_P(EveryDegradation, IsDeterministic) {
  const cv::Mat before = page(121, 167);
  Random first(3);
  Random second(3);
  EXPECT_TRUE(
      is_same(apply(GetParam().usual, before, first), apply(GetParam().usual, before, second)));
  EXPECT_EQ(first.bits(), second.bits());
}

TEST_P(EveryDegradation, LeavesItsInputAlone) {
  const cv::Mat before = page(61, 45);
  const cv::Mat copy = before.clone();
  Random random(3);
  apply(GetParam().usual, before, random);
  EXPECT_TRUE(is_same(before, copy));
}

TEST_P(EveryDegradation, KeepsEightBitGrayAtAnySize) {
  for (const cv::Size size : {cv::Size(1, 1), cv::Size(1, 7), cv::Size(5, 1), cv::Size(3, 3),
                              cv::Size(17, 11), cv::Size(2, 301)}) {
    const cv::Mat before = page(size.width, size.height);
    for (const double scale : {1.0, 0.3, 2.5}) {
      Random random(3);
      const cv::Mat after = apply(GetParam().usual, before, random, scale);
      EXPECT_EQ(after.type(), CV_8UC1) << size;
      EXPECT_FALSE(after.empty()) << size;
      if (!std::holds_alternative<LowResolution>(GetParam().usual)) {
        EXPECT_EQ(after.size(), before.size());
      }
    }
  }
}

TEST_P(EveryDegradation, WorksOnPartOfALargerPage) {
  const cv::Mat large = page(140, 120);
  const cv::Mat part = large(cv::Rect(11, 7, 101, 83));
  Random first(3);
  Random second(3);
  EXPECT_TRUE(
      is_same(apply(GetParam().usual, part, first), apply(GetParam().usual, part.clone(), second)));
}

TEST_P(EveryDegradation, RejectsWhatIsNotGray) {
  Random random(3);
  const cv::Mat color(4, 4, CV_8UC3, cv::Scalar::all(255));
  EXPECT_THROW(apply(GetParam().usual, color, random), cv::Exception);
  EXPECT_THROW(apply(GetParam().usual, cv::Mat(), random), cv::Exception);
}

INSTANTIATE_TEST_SUITE_P(All, EveryDegradation, testing::ValuesIn(cases()), [](const auto& each) {
  return std::string(name_of(each.param.usual)) + std::to_string(each.index);
});

TEST(Degradations, AreAllCovered) {
  std::vector<bool> seen(std::variant_size_v<Degradation>);
  for (const Case& each : cases()) {
    ASSERT_EQ(each.usual.index(), each.neutral.index());
    seen[each.usual.index()] = true;
  }
  for (std::size_t i = 0; i < seen.size(); ++i) {
    EXPECT_TRUE(seen[i]) << "kind " << i << " has no case";
  }
}

TEST(RuledLines, DarkensAsManyRowsAsAsked) {
  const cv::Mat blank(300, 100, CV_8UC1, cv::Scalar(255));
  Random random(3);
  const cv::Mat ruled = degrade(blank, random, {.rows = 5, .columns = 0, .darkness = 1});
  cv::Mat labels;
  EXPECT_EQ(cv::connectedComponents(ruled < 128, labels), 1 + 5);
}

TEST(ShowThrough, ShowsTheVersoMirrored) {
  const cv::Mat blank(60, 100, CV_8UC1, cv::Scalar(255));
  cv::Mat verso = blank.clone();
  verso(cv::Rect(5, 20, 20, 20)).setTo(cv::Scalar(0));
  Random random(3);
  const cv::Mat seen = degrade(blank, random, {.opacity = 0.5, .blur_px = 0, .verso = verso});
  EXPECT_EQ(seen.at<unsigned char>(30, 15), 255);
  EXPECT_NEAR(seen.at<unsigned char>(30, 85), 128, 1);
}

TEST(LowResolution, ShrinksByItsFactor) {
  Random random(3);
  EXPECT_EQ(degrade(page(101, 60), random, LowResolution{.factor = 0.5}).size(), cv::Size(51, 30));
  EXPECT_THROW(degrade(page(9, 9), random, LowResolution{.factor = 0}), cv::Exception);
}

TEST(GaussianNoise, HasTheDeviationAsked) {
  const cv::Mat blank(300, 300, CV_8UC1, cv::Scalar(128));
  Random random(3);
  cv::Scalar mean;
  cv::Scalar deviation;
  cv::meanStdDev(degrade(blank, random, GaussianNoise{.deviation = 12}), mean, deviation);
  EXPECT_NEAR(mean[0], 128, 0.3);
  EXPECT_NEAR(deviation[0], 12, 0.3);
}

TEST(SaltAndPepper, HasTheShareAsked) {
  const cv::Mat blank(300, 300, CV_8UC1, cv::Scalar(128));
  Random random(3);
  const cv::Mat specked = degrade(blank, random, SaltAndPepper{.share = 0.1, .pepper = 0.75});
  EXPECT_NEAR(cv::countNonZero(specked == 0) / 9e4, 0.075, 0.005);
  EXPECT_NEAR(cv::countNonZero(specked == 255) / 9e4, 0.025, 0.005);
}

}  // namespace
}  // namespace ocrtune::examples
