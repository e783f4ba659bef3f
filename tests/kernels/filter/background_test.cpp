#include "ocrtune/kernels/filter/background.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "support/images.h"
#include "support/kernel_cases.h"

namespace ocrtune {
namespace {

using namespace test;

TEST(ReducedByMedian, IsTheMedianOfEachSquare) {
  cv::RNG rng(1);
  for (int round = 0; round < 300 && !HasFailure(); ++round) {
    const cv::Mat gray = kernel_image(kernel_size(80, rng), round, rng);
    const int factor = rng.uniform(1, 12);
    const cv::Mat out = reduced_by_median(gray, factor);
    ASSERT_EQ(out.size(),
              cv::Size((gray.cols + factor - 1) / factor, (gray.rows + factor - 1) / factor));
    for (int y = 0; y < out.rows; ++y) {
      for (int x = 0; x < out.cols; ++x) {
        std::vector<int> levels;
        for (int row = y * factor; row < std::min(gray.rows, (y + 1) * factor); ++row) {
          for (int column = x * factor; column < std::min(gray.cols, (x + 1) * factor); ++column) {
            levels.push_back(gray.at<std::uint8_t>(row, column));
          }
        }
        std::ranges::sort(levels);
        EXPECT_EQ(out.at<std::uint8_t>(y, x), levels[(levels.size() - 1) / 2]);
      }
    }
  }
}

TEST(Enlarged, IsOnTheLineBetweenTheSquaresCentres) {
  cv::RNG rng(2);
  for (int round = 0; round < 200 && !HasFailure(); ++round) {
    const int factor = rng.uniform(1, 9);
    const cv::Mat small = kernel_image({rng.uniform(1, 20), rng.uniform(1, 20)}, round, rng);
    const cv::Size size((small.cols - 1) * factor + rng.uniform(1, factor + 1),
                        (small.rows - 1) * factor + rng.uniform(1, factor + 1));
    const cv::Mat out = enlarged(small, factor, size);
    ASSERT_EQ(out.size(), size);
    const auto level = [&](int y, int x) {
      return static_cast<double>(small.at<std::uint8_t>(std::clamp(y, 0, small.rows - 1),
                                                        std::clamp(x, 0, small.cols - 1)));
    };
    for (int y = 0; y < size.height; ++y) {
      for (int x = 0; x < size.width; ++x) {
        const double sy = (y + 0.5) / factor - 0.5;
        const double sx = (x + 0.5) / factor - 0.5;
        const int iy = static_cast<int>(std::floor(sy));
        const int ix = static_cast<int>(std::floor(sx));
        const double above = std::lerp(level(iy, ix), level(iy, ix + 1), sx - ix);
        const double below = std::lerp(level(iy + 1, ix), level(iy + 1, ix + 1), sx - ix);
        EXPECT_NEAR(out.at<std::uint8_t>(y, x), std::lerp(above, below, sy - iy), 1.5);
      }
    }
  }
}

TEST(MedianPaper, IsTheMedianWhereNothingIsReduced) {
  const cv::Mat gray = noise(60, 40, 3);
  cv::Mat expected;
  cv::medianBlur(gray, expected, 11);
  EXPECT_TRUE(same_pixels(median_paper(gray, 11), expected));
  EXPECT_TRUE(same_pixels(median_paper(gray, 1), gray));
}

TEST(MedianPaper, FollowsTheLightAndNotThePrint) {
  cv::Mat page(300, 400, CV_8UC1);
  for (int y = 0; y < page.rows; ++y) {
    for (int x = 0; x < page.cols; ++x)
      page.at<std::uint8_t>(y, x) = cv::saturate_cast<uchar>(120 + x / 4);
  }
  const cv::Mat light = page.clone();
  for (int y = 30; y < page.rows; y += 30) {
    cv::putText(page, "the quick brown fox jumps over", {4, y}, cv::FONT_HERSHEY_SIMPLEX, 0.7, 20,
                2);
  }
  for (const int window : {45, 81, 99}) {
    const cv::Mat paper = median_paper(page, window);
    // Beside the border, the median is of one side's light only.
    const cv::Rect inside(50, 50, 300, 200);
    EXPECT_LE(cv::norm(paper(inside), light(inside), cv::NORM_INF), 10) << window;
  }
}

TEST(ClosedBySquare, IsWhatOpenCvGives) {
  cv::RNG rng(4);
  for (int round = 0; round < 500 && !HasFailure(); ++round) {
    const cv::Mat gray = kernel_image(kernel_size(90, rng), round, rng);
    const int window = 2 * rng.uniform(0, rng.uniform(0, 4) == 0 ? 200 : 15) + 1;
    cv::Mat expected;
    cv::morphologyEx(gray.clone(), expected, cv::MORPH_CLOSE,
                     cv::Mat::ones(window, window, CV_8UC1));
    EXPECT_TRUE(same_pixels(closed_by_square(gray, window), expected))
        << gray.size() << " window " << window;
  }
}

/// Sternberg's closing from its definition, on an image that isn't reduced.
cv::Mat plain_ball(const cv::Mat& gray, int radius, double height) {
  const auto ball = [&](int dy, int dx) {
    const double inside = 1.0 - (dx * dx + dy * dy) / static_cast<double>(radius * radius);
    return inside < 0 ? -1e9 : height * std::sqrt(inside);
  };
  cv::Mat_<double> above(gray.size());
  cv::Mat out(gray.size(), CV_8UC1);
  const auto each = [&](const auto& visit) {
    for (int y = 0; y < gray.rows; ++y) {
      for (int x = 0; x < gray.cols; ++x) visit(y, x);
    }
  };
  each([&](int y, int x) {
    double highest = -std::numeric_limits<double>::infinity();
    each([&](int v, int u) {
      highest = std::max(highest, gray.at<std::uint8_t>(v, u) + ball(v - y, u - x));
    });
    above(y, x) = highest;
  });
  each([&](int y, int x) {
    double lowest = std::numeric_limits<double>::infinity();
    each([&](int v, int u) { lowest = std::min(lowest, above(v, u) - ball(v - y, u - x)); });
    out.at<std::uint8_t>(y, x) = static_cast<std::uint8_t>(std::lround(lowest));
  });
  return out;
}

TEST(UnderRollingBall, IsSternbergsClosing) {
  cv::RNG rng(5);
  for (int round = 0; round < 60 && !HasFailure(); ++round) {
    const cv::Mat gray = kernel_image({rng.uniform(1, 20), rng.uniform(1, 20)}, round, rng);
    const int radius = rng.uniform(1, 5);
    const double height = rng.uniform(0.0, 60.0);
    // Heights are sixteenths, once on the way up and once on the way down.
    EXPECT_LE(cv::norm(under_rolling_ball(gray, radius, height), plain_ball(gray, radius, height),
                       cv::NORM_INF),
              1)
        << gray.size() << " radius " << radius << " height " << height;
  }
}

TEST(UnderRollingBall, RollsOverPrintAndIntoValleys) {
  cv::Mat page(200, 400, CV_8UC1);
  for (int y = 0; y < page.rows; ++y) {
    for (int x = 0; x < page.cols; ++x) {
      page.at<std::uint8_t>(y, x) = cv::saturate_cast<uchar>(160 + 60 * std::cos(x / 60.0));
    }
  }
  const cv::Mat light = page.clone();
  for (int y = 20; y < page.rows; y += 40) {
    for (int x = 15; x < page.cols; x += 30) page(cv::Rect(x, y, 4, 20)).setTo(10);
  }
  const cv::Mat paper = under_rolling_ball(page, 40, 40);
  const cv::Rect inside(20, 20, 360, 160);
  EXPECT_LE(cv::norm(paper(inside), light(inside), cv::NORM_INF), 14);
}

TEST(DividedBy, IsTheQuotientTimesWhite) {
  cv::Mat gray(256, 256, CV_8UC1);
  cv::Mat paper(256, 256, CV_8UC1);
  for (int y = 0; y < 256; ++y) {
    for (int x = 0; x < 256; ++x) {
      gray.at<std::uint8_t>(y, x) = static_cast<std::uint8_t>(x);
      paper.at<std::uint8_t>(y, x) = static_cast<std::uint8_t>(y);
    }
  }
  const cv::Mat out = divided_by(gray, paper);
  for (int y = 0; y < 256; ++y) {
    for (int x = 0; x < 256; ++x) {
      const double exact = y == 0 ? 0 : std::min(255.0, 255.0 * x / y);
      EXPECT_NEAR(out.at<std::uint8_t>(y, x), exact, 0.5001) << x << " / " << y;
    }
  }
}

TEST(Background, RefusesWhatItCannotDo) {
  const cv::Mat gray(8, 8, CV_8UC1, cv::Scalar(0));
  const cv::Mat colour(8, 8, CV_8UC3);
  EXPECT_THROW(reduced_by_median(colour, 2), cv::Exception);
  EXPECT_THROW(reduced_by_median(gray, 0), cv::Exception);
  EXPECT_THROW(enlarged(gray, 2, {20, 20}), cv::Exception);
  EXPECT_THROW(median_paper({}, 3), cv::Exception);
  EXPECT_THROW(median_paper(gray, 4), cv::Exception);
  EXPECT_THROW(closed_by_square(gray, 4), cv::Exception);
  EXPECT_THROW(under_rolling_ball(gray, 0, 5), cv::Exception);
  EXPECT_THROW(divided_by(gray, colour), cv::Exception);
}

}  // namespace
}  // namespace ocrtune
