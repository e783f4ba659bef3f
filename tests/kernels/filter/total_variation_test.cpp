#include "ocrtune/kernels/filter/total_variation.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <opencv2/core.hpp>

#include "support/images.h"
#include "support/kernel_cases.h"
#include "support/simd_targets.h"

namespace ocrtune {
namespace {

using namespace test;

/// A vector for each pixel.
template <typename Number>
struct Field {
  explicit Field(cv::Size size)
      : across(cv::Mat_<Number>::zeros(size)), down(cv::Mat_<Number>::zeros(size)) {}
  cv::Mat_<Number> across;
  cv::Mat_<Number> down;
};

/// gray + strength div(field); what flows out at the last row and column is 0.
template <typename Number>
cv::Mat_<Number> image_of(const cv::Mat& gray, const Field<Number>& field, Number strength) {
  cv::Mat_<Number> image(gray.size());
  for (int y = 0; y < gray.rows; ++y) {
    for (int x = 0; x < gray.cols; ++x) {
      const Number right = field.across(y, x) - (x > 0 ? field.across(y, x - 1) : 0);
      const Number below = field.down(y, x) - (y > 0 ? field.down(y - 1, x) : 0);
      image(y, x) = gray.at<std::uint8_t>(y, x) + strength * (right + below);
    }
  }
  return image;
}

template <typename Number>
Number to_right(const cv::Mat_<Number>& u, int y, int x) {
  return x + 1 < u.cols ? u(y, x + 1) - u(y, x) : 0;
}

template <typename Number>
Number to_below(const cv::Mat_<Number>& u, int y, int x) {
  return y + 1 < u.rows ? u(y + 1, x) - u(y, x) : 0;
}

cv::Mat rounded(const cv::Mat_<float>& u) {
  cv::Mat out(u.size(), CV_8UC1);
  for (int y = 0; y < u.rows; ++y) {
    for (int x = 0; x < u.cols; ++x) {
      out.at<std::uint8_t>(y, x) =
          static_cast<std::uint8_t>(std::clamp(u(y, x) + 0.5F, 0.0F, 255.0F));
    }
  }
  return out;
}

/// Beck & Teboulle's FGP, one operation after the other.
cv::Mat plain_projection(const cv::Mat& gray, float strength) {
  Field<float> p(gray.size());
  Field<float> r(gray.size());
  const float rate = 1 / (8 * strength);
  double t = 1;
  for (int step = 0; step < 16; ++step) {
    const double next = (1 + std::sqrt(1 + 4 * t * t)) / 2;
    const auto momentum = static_cast<float>((t - 1) / next);
    t = next;
    const cv::Mat_<float> u = image_of(gray, r, strength);
    for (int y = 0; y < gray.rows; ++y) {
      for (int x = 0; x < gray.cols; ++x) {
        const float a = r.across(y, x) + rate * to_right(u, y, x);
        const float b = r.down(y, x) + rate * to_below(u, y, x);
        const float scale = 1.0F / std::max(std::sqrt(a * a + b * b), 1.0F);
        const cv::Vec2f before(p.across(y, x), p.down(y, x));
        p.across(y, x) = a * scale;
        p.down(y, x) = b * scale;
        r.across(y, x) = p.across(y, x) + momentum * (p.across(y, x) - before[0]);
        r.down(y, x) = p.down(y, x) + momentum * (p.down(y, x) - before[1]);
      }
    }
  }
  return rounded(image_of(gray, p, strength));
}

TEST(LessVariation, IsItsFormulaForAnyImageOnEveryInstructionSet) {
  cv::RNG rng(20250102);
  for (int round = 0; round < 400 && !HasFailure(); ++round) {
    const cv::Mat gray = kernel_image(kernel_size(150, rng), round, rng);
    const float strength = round % 5 == 0 ? rng.uniform(0.1F, 255.0F) : rng.uniform(1.0F, 40.0F);
    SCOPED_TRACE(testing::Message() << gray.size() << " strength " << strength);
    const cv::Mat expected = plain_projection(gray, strength);
    on_every_target(
        [&] { EXPECT_TRUE(same_pixels(less_variation(gray, double{strength}), expected)); });
  }
}

/// Chambolle's fixed point (2004, eq. 9), until it moves no more to speak of.
cv::Mat_<double> chambolle(const cv::Mat& gray, double strength) {
  constexpr double kStep = 0.25;
  Field<double> p(gray.size());
  for (int step = 0; step < 1500; ++step) {
    const cv::Mat_<double> u = image_of(gray, p, strength);
    for (int y = 0; y < gray.rows; ++y) {
      for (int x = 0; x < gray.cols; ++x) {
        const double a = to_right(u, y, x) / strength;
        const double b = to_below(u, y, x) / strength;
        const double slowed = 1 + kStep * std::hypot(a, b);
        p.across(y, x) = (p.across(y, x) + kStep * a) / slowed;
        p.down(y, x) = (p.down(y, x) + kStep * b) / slowed;
      }
    }
  }
  return image_of(gray, p, strength);
}

/// What is to be least.
double energy(const cv::Mat& gray, const cv::Mat_<double>& u, double strength) {
  double sum = 0;
  for (int y = 0; y < gray.rows; ++y) {
    for (int x = 0; x < gray.cols; ++x) {
      const double off = u(y, x) - gray.at<std::uint8_t>(y, x);
      sum += std::hypot(to_right(u, y, x), to_below(u, y, x)) + off * off / (2 * strength);
    }
  }
  return sum;
}

TEST(LessVariation, IsNearlyTheLeast) {
  const cv::Mat gray = scanned(90, 60, 4);
  for (const double strength : {5.0, 12.0, 40.0}) {
    const cv::Mat_<double> best = chambolle(gray, strength);
    const cv::Mat_<double> found = cv::Mat_<double>(less_variation(gray, strength));
    const double least = energy(gray, best, strength);
    const double before = energy(gray, cv::Mat_<double>(gray), strength);
    EXPECT_LT(energy(gray, found, strength) - least, 0.06 * (before - least)) << strength;
    const cv::Scalar distance = cv::mean(cv::abs(found - best));
    EXPECT_LT(distance[0], 2.5) << strength;
  }
}

TEST(LessVariation, IsLessTheMoreIsAskedFor) {
  const cv::Mat gray = scanned(90, 60, 4);
  const auto variation = [](const cv::Mat& image) {
    // With so large a strength, distance from the page counts for nothing.
    return energy(image, cv::Mat_<double>(image), 1);
  };
  double last = variation(gray);
  for (const double strength : {1.0, 3.0, 10.0, 30.0}) {
    const double now = variation(less_variation(gray, strength));
    EXPECT_LT(now, last) << strength;
    last = now;
  }
}

TEST(LessVariation, SmoothsTheGroundAndKeepsTheEdge) {
  cv::RNG rng(3);
  cv::Mat page(60, 80, CV_8UC1);
  rng.fill(page.colRange(0, 40), cv::RNG::NORMAL, 60, 6);
  rng.fill(page.colRange(40, 80), cv::RNG::NORMAL, 200, 6);
  const cv::Mat out = less_variation(page, 12);
  cv::Scalar mean;
  cv::Scalar deviation;
  cv::meanStdDev(out.colRange(0, 40), mean, deviation);
  EXPECT_LT(deviation[0], 1.5);
  cv::meanStdDev(out.colRange(40, 41), mean, deviation);
  EXPECT_NEAR(mean[0], 200, 4);
}

TEST(LessVariation, ChangesNothingWhereThereIsNoneOrNextToNoStrength) {
  const cv::Mat flat(30, 40, CV_8UC1, cv::Scalar(77));
  EXPECT_TRUE(same_pixels(less_variation(flat, 30), flat));
  const cv::Mat gray = noise(60, 40, 9);
  EXPECT_TRUE(same_pixels(less_variation(gray, 0.1), gray));
}

TEST(LessVariation, RefusesWhatItCannotDo) {
  const cv::Mat gray(8, 8, CV_8UC1, cv::Scalar(0));
  EXPECT_THROW(less_variation({}, 10), cv::Exception);
  EXPECT_THROW(less_variation(cv::Mat(8, 8, CV_8UC3), 10), cv::Exception);
  EXPECT_THROW(less_variation(gray, 0), cv::Exception);
}

}  // namespace
}  // namespace ocrtune
