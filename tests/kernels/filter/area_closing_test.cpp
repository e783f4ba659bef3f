#include "ocrtune/kernels/filter/area_closing.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <opencv2/imgproc.hpp>

#include "support/images.h"
#include "support/kernel_cases.h"

namespace ocrtune {
namespace {

using namespace test;

/// The definition, level by level: the union of the large parts of every threshold set.
cv::Mat plain_closing(const cv::Mat& gray, int area, Touching touching) {
  double lightest = 0;
  cv::minMaxLoc(gray, nullptr, &lightest);
  cv::Mat out(gray.size(), CV_8UC1, cv::Scalar(lightest));
  for (int level = static_cast<int>(lightest); level >= 0; --level) {
    cv::Mat labels;
    cv::Mat stats;
    cv::Mat centres;
    cv::connectedComponentsWithStats(gray <= level, labels, stats, centres,
                                     touching == Touching::sides ? 4 : 8);
    for (int y = 0; y < gray.rows; ++y) {
      for (int x = 0; x < gray.cols; ++x) {
        const int label = labels.at<int>(y, x);
        if (label > 0 && stats.at<int>(label, cv::CC_STAT_AREA) >= area) {
          out.at<std::uint8_t>(y, x) = static_cast<std::uint8_t>(level);
        }
      }
    }
  }
  return out;
}

/// Few levels, so that hollows have flat bottoms and shores.
cv::Mat any_image(int round, cv::RNG& rng) {
  const cv::Mat image = kernel_image(kernel_size(50, rng), round, rng);
  if (rng.uniform(0, 2) == 0) return image;
  const int step = rng.uniform(2, 90);
  cv::Mat coarse = image.clone();
  for (auto& level : cv::Mat_<uchar>(coarse)) level = static_cast<uchar>(level / step * step);
  return coarse;
}

TEST(AreaClosing, IsItsDefinitionForAnyImage) {
  cv::RNG rng(20250103);
  for (int round = 0; round < 500 && !HasFailure(); ++round) {
    const cv::Mat gray = any_image(round, rng);
    const int area = rng.uniform(0, 5) == 0 ? rng.uniform(1, 900) : rng.uniform(0, 30);
    for (const Touching touching : {Touching::sides, Touching::corners}) {
      SCOPED_TRACE(testing::Message() << gray.size() << " area " << area << " round " << round);
      EXPECT_TRUE(same_pixels(area_closing(gray, area, touching),
                              plain_closing(gray.clone(), area, touching)));
    }
  }
}

TEST(AreaClosing, ASecondTimeChangesNothing) {
  const cv::Mat gray = scanned(200, 150, 3);
  for (const int area : {2, 9, 70}) {
    const cv::Mat once = area_closing(gray, area, Touching::corners);
    EXPECT_FALSE(same_pixels(once, gray));
    EXPECT_TRUE(same_pixels(area_closing(once, area, Touching::corners), once));
  }
}

TEST(AreaClosing, TellsCornersFromSides) {
  const cv::Mat diagonal = (cv::Mat_<uchar>(4, 4) << 9, 9, 9, 9,  //
                            9, 1, 9, 9,                           //
                            9, 9, 1, 9,                           //
                            9, 9, 9, 9);
  EXPECT_TRUE(same_pixels(area_closing(diagonal, 2, Touching::corners), diagonal));
  EXPECT_TRUE(same_pixels(area_closing(diagonal, 2, Touching::sides),
                          cv::Mat(4, 4, CV_8UC1, cv::Scalar(9))));
}

TEST(AreaClosing, RefusesWhatItCannotDo) {
  EXPECT_THROW(area_closing({}, 5, Touching::sides), cv::Exception);
  EXPECT_THROW(area_closing(cv::Mat(8, 8, CV_8UC3), 5, Touching::sides), cv::Exception);
}

}  // namespace
}  // namespace ocrtune
