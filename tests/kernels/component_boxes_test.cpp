#include "ocrtune/kernels/component_boxes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <opencv2/imgproc.hpp>
#include <tuple>

#include "support/images.h"
#include "support/kernel_cases.h"

namespace ocrtune {
namespace {

using namespace test;

auto sorted(std::vector<ComponentBox> boxes) {
  std::ranges::sort(boxes, {}, [](const ComponentBox& box) {
    return std::tuple{box.top, box.left, box.right, box.bottom, box.area};
  });
  return boxes;
}

std::vector<ComponentBox> opencv_boxes(const cv::Mat& mask) {
  cv::Mat labels;
  cv::Mat stats;
  cv::Mat centers;
  const int count = cv::connectedComponentsWithStats(mask, labels, stats, centers, 8);
  std::vector<ComponentBox> boxes;
  for (int i = 1; i < count; ++i) {
    const auto stat = [&](int which) { return stats.at<int>(i, which); };
    const int left = stat(cv::CC_STAT_LEFT);
    const int top = stat(cv::CC_STAT_TOP);
    boxes.push_back({left, top, left + stat(cv::CC_STAT_WIDTH), top + stat(cv::CC_STAT_HEIGHT),
                     stat(cv::CC_STAT_AREA)});
  }
  return boxes;
}

TEST(ComponentBoxes, AreThoseOpenCvFinds) {
  cv::RNG rng(20250101);
  for (int round = 0; round < kernel_case_count() / 5 && !HasFailure(); ++round) {
    const cv::Mat gray = kernel_image(kernel_size(100, rng), round, rng);
    const int threshold = rng.uniform(0, 256);
    SCOPED_TRACE(testing::Message() << gray.size() << " round " << round);
    cv::Mat mask = gray > threshold;
    if (round % 4 == 0) mask = as_part_of_larger(mask);
    EXPECT_EQ(sorted(component_boxes(mask)), sorted(opencv_boxes(mask.clone())));
  }
}

TEST(ComponentBoxes, TouchAtCornersAndComeFromTheTop) {
  cv::Mat mask(6, 9, CV_8UC1, cv::Scalar(0));
  mask.at<uchar>(1, 7) = 1;
  for (int i = 0; i < 4; ++i) mask.at<uchar>(2 + i, i) = 200;
  const std::vector<ComponentBox> expected{{7, 1, 8, 2, 1}, {0, 2, 4, 6, 4}};
  EXPECT_EQ(component_boxes(mask), expected);
}

TEST(ComponentBoxes, ArmsThatMeetBelowAreOne) {
  cv::Mat mask(5, 9, CV_8UC1, cv::Scalar(0));
  for (const int x : {0, 2, 4, 6, 8}) mask.col(x) = 255;
  EXPECT_EQ(component_boxes(mask).size(), 5U);
  mask.row(4) = 255;
  const std::vector<ComponentBox> expected{{0, 0, 9, 5, 29}};
  EXPECT_EQ(component_boxes(mask), expected);
}

TEST(ComponentBoxes, NoneInNothing) {
  EXPECT_TRUE(component_boxes({}).empty());
  EXPECT_TRUE(component_boxes(cv::Mat::zeros(3, 3, CV_8UC1)).empty());
  EXPECT_THROW(component_boxes(cv::Mat::zeros(3, 3, CV_8UC3)), cv::Exception);
}

}  // namespace
}  // namespace ocrtune
