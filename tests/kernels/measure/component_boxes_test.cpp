#include "ocrtune/kernels/measure/component_boxes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <opencv2/imgproc.hpp>
#include <tuple>
#include <vector>

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

/// An image as bits; those after the last pixel are set.
struct Packed {
  explicit Packed(const cv::Mat& mask)
      : words_per_row((mask.cols + 31) / 32 + 1),
        size(mask.size()),
        words(static_cast<std::size_t>(words_per_row * mask.rows), ~0U) {
    for (int y = 0; y < mask.rows; ++y) {
      for (int x = 0; x < mask.cols; ++x) {
        if (mask.at<uchar>(y, x) == 0)
          words[static_cast<std::size_t>(y * words_per_row + x / 32)] &= ~(0x80000000U >> x % 32);
      }
    }
  }

  [[nodiscard]] PackedBits bits() const { return {words.data(), words_per_row, size}; }

  std::ptrdiff_t words_per_row;
  cv::Size size;
  std::vector<std::uint32_t> words;
};

TEST(ComponentBoxes, AreThoseOpenCvFinds) {
  cv::RNG rng(20250101);
  for (int round = 0; round < kernel_case_count() / 5 && !HasFailure(); ++round) {
    const cv::Mat gray = kernel_image(kernel_size(100, rng), round, rng);
    const int threshold = rng.uniform(0, 256);
    SCOPED_TRACE(testing::Message() << gray.size() << " round " << round);
    cv::Mat mask = gray > threshold;
    if (round % 4 == 0) mask = as_part_of_larger(mask);
    const std::vector<ComponentBox> found = component_boxes(mask);
    EXPECT_EQ(sorted(found), sorted(opencv_boxes(mask.clone())));
    const Packed packed(mask);
    EXPECT_EQ(component_boxes(packed.bits()), found);
    EXPECT_EQ(component_boxes(packed.bits(), Connectivity::four),
              component_boxes(mask, Connectivity::four));
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
  EXPECT_TRUE(component_boxes(cv::Mat()).empty());
  EXPECT_TRUE(component_boxes(PackedBits()).empty());
  EXPECT_TRUE(component_boxes(cv::Mat::zeros(3, 3, CV_8UC1)).empty());
  EXPECT_THROW(component_boxes(cv::Mat::zeros(3, 3, CV_8UC3)), cv::Exception);
}

}  // namespace
}  // namespace ocrtune
