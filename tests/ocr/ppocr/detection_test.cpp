#include "ocrtune/ocr/ppocr/detection.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "support/images.h"

namespace ocrtune::ppocr {
namespace {

cv::Mat empty_map() { return {200, 300, CV_32FC1, cv::Scalar(0.0)}; }

/// A region of text, turned by so many degrees.
void draw(cv::Mat& map, cv::Point2f centre, cv::Size2f size, float degrees, double probability) {
  cv::Point2f corners[4];
  cv::RotatedRect(centre, size, degrees).points(corners);
  std::vector<cv::Point> polygon;
  for (const cv::Point2f& corner : corners) polygon.emplace_back(corner);
  cv::fillConvexPoly(map, polygon, cv::Scalar(probability));
}

const DetectionOptions kOptions;

TEST(LinesOfMap, GrowByTheirAreaAndPerimeter) {
  cv::Mat map = empty_map();
  map(cv::Rect(50, 60, 100, 10)).setTo(0.9);
  const std::vector<LineBox> lines = lines_of_map(map, kOptions);
  ASSERT_EQ(lines.size(), 1U);
  const double growth = 100 * 10 * kOptions.unclip / 110;
  EXPECT_NEAR(lines[0].length, 100 + growth, 1e-3);
  EXPECT_NEAR(lines[0].thickness, 10 + growth, 1e-3);
  EXPECT_NEAR(lines[0].centre.x, 100, 1e-3);
  EXPECT_NEAR(lines[0].centre.y, 65, 1e-3);
  EXPECT_NEAR(lines[0].along.x, 1, 1e-6);
  EXPECT_NEAR(lines[0].score, 0.9, 1e-6);
}

TEST(LinesOfMap, AreTurnedAsTheRegionIs) {
  for (const float degrees : {-40.0F, -10.0F, 10.0F, 40.0F}) {
    cv::Mat map = empty_map();
    draw(map, {150, 100}, {120, 12}, degrees, 0.8);
    const std::vector<LineBox> lines = lines_of_map(map, kOptions);
    ASSERT_EQ(lines.size(), 1U) << degrees;
    EXPECT_NEAR(std::atan2(lines[0].along.y, lines[0].along.x) * 180 / CV_PI, degrees, 2);
  }
}

TEST(LinesOfMap, SteepOnesRunUpwardsUnlessTheyAreAlmostSquare) {
  cv::Mat map = empty_map();
  draw(map, {50, 100}, {12, 120}, 0, 0.8);
  draw(map, {200, 100}, {20, 24}, 0, 0.8);
  const std::vector<LineBox> lines = lines_of_map(map, kOptions);
  ASSERT_EQ(lines.size(), 2U);
  for (const LineBox& line : lines) {
    if (line.centre.x < 100)
      EXPECT_NEAR(line.along.y, -1, 1e-3);
    else
      EXPECT_NEAR(line.along.x, 1, 1e-3);
  }
}

TEST(LinesOfMap, LeaveOutWhatIsThinOrDoubtful) {
  cv::Mat map = empty_map();
  map(cv::Rect(10, 10, 100, 2)).setTo(0.9);
  map(cv::Rect(10, 50, 100, 10)).setTo(0.4);
  EXPECT_TRUE(lines_of_map(map, kOptions).empty());
}

TEST(LinesOfMap, AreFoundInsideAFrameOfText) {
  cv::Mat map = empty_map();
  cv::rectangle(map, cv::Rect(20, 20, 250, 160), cv::Scalar(0.9), 8);
  map(cv::Rect(80, 90, 100, 10)).setTo(0.9);
  const std::vector<LineBox> lines = lines_of_map(map, kOptions);
  EXPECT_TRUE(std::ranges::any_of(lines, [](const LineBox& line) { return line.thickness < 40; }));
}

TEST(LinesOfMap, AreInOrderOfTheirScores) {
  cv::Mat map = empty_map();
  map(cv::Rect(10, 10, 100, 10)).setTo(0.6);
  map(cv::Rect(10, 50, 100, 10)).setTo(0.9);
  const std::vector<LineBox> lines = lines_of_map(map, kOptions);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_GT(lines[0].score, lines[1].score);
}

RC_GTEST_PROP(StripPlan, CoversTheImageWithOverlap, ()) {
  const cv::Size image(*rc::gen::inRange(1, 9000), *rc::gen::inRange(1, 9000));
  DetectionOptions options;
  options.size = *rc::gen::inRange(320, 4001);
  const StripPlan plan = plan_strips(image, options);
  RC_ASSERT(plan.image.width >= 1);
  RC_ASSERT(plan.image.height >= 1);
  RC_ASSERT(std::max(plan.image.width, plan.image.height) <= options.size);
  RC_ASSERT(plan.image.width <= plan.strip.width);
  RC_ASSERT(plan.strip.width % 32 == 0);
  RC_ASSERT(plan.strip.height % 32 == 0);
  RC_ASSERT(plan.tops.front() == 0);
  RC_ASSERT(plan.tops.back() + plan.strip.height >= plan.image.height);
  for (std::size_t i = 1; i < plan.tops.size(); ++i) {
    RC_ASSERT(plan.tops[i] > plan.tops[i - 1]);
    RC_ASSERT(plan.tops[i - 1] + plan.strip.height - plan.tops[i] >= 160);
    RC_ASSERT(plan.tops[i] + plan.strip.height <= plan.image.height);
  }
}

/// A network whose output is the first plane of its input.
class CopyingNetwork final : public Network {
 public:
  std::span<float> input(int width, int height) override {
    size_ = {width, height};
    values_.assign(static_cast<std::size_t>(3 * width) * static_cast<std::size_t>(height), 0);
    return values_;
  }
  NetworkOutput run() override {
    ++runs;
    return {.values = std::span(values_).first(values_.size() / 3),
            .rows = size_.height,
            .columns = size_.width};
  }

  inline static int runs = 0;

 private:
  cv::Size size_;
  std::vector<float> values_;
};

class CopyingModel final : public Model {
 public:
  [[nodiscard]] std::vector<int> output_shape() const override { return {1, 1, 0, 0}; }
  [[nodiscard]] LastLayer last_layer() const override { return {}; }
  [[nodiscard]] std::unique_ptr<Network> compile(const NetworkOptions& /*options*/) const override {
    return std::make_unique<CopyingNetwork>();
  }
};

TEST(ProbabilityMap, IsPutTogetherOfStrips) {
  NetworkPool networks(std::make_shared<CopyingModel>(), Precision::f32);
  for (const cv::Size size : {cv::Size(300, 50), cv::Size(500, 640), cv::Size(700, 1280),
                              cv::Size(200, 1281), cv::Size(130, 2677)}) {
    const cv::Mat image = test::noise(size.width, size.height, 5);
    DetectionOptions options;
    options.size = std::max(size.width, size.height);
    const StripPlan plan = plan_strips(size, options);
    ASSERT_EQ(plan.image, size);
    const cv::Mat map = probability_map(networks, image, plan);
    ASSERT_EQ(map.size(), size);
    cv::Mat expected;
    image.convertTo(expected, CV_32F, 1 / 255.0 / 0.225, -0.406 / 0.225);
    EXPECT_LT(cv::norm(map, expected, cv::NORM_INF), 1e-5) << size.width << " " << size.height;
  }
}

/// Pages whose lines have this height, px; the number of runs of the network for one of them.
int runs_for_lines_of(int height) {
  cv::Mat page(3000, 3000, CV_8UC1, cv::Scalar(0));
  for (int top = 100; top < 2900; top += 200) page(cv::Rect(500, top, 2000, height)).setTo(255);
  NetworkPool networks(std::make_shared<CopyingModel>(), Precision::f32);
  CopyingNetwork::runs = 0;
  const std::vector<LineBox> lines = detect_lines(networks, page, kOptions);
  EXPECT_EQ(lines.size(), 14U);
  for (const LineBox& line : lines) EXPECT_NEAR(line.centre.x, 1500, 3);
  return CopyingNetwork::runs;
}

TEST(DetectLines, LooksCloserWhereLinesAreThin) {
  EXPECT_EQ(runs_for_lines_of(60), 1);
  EXPECT_EQ(runs_for_lines_of(10), 1 + 3);
}

}  // namespace
}  // namespace ocrtune::ppocr
