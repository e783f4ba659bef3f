// Every stage on images and settings that nobody thought of: no crash, no hang, a valid image.

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "ocrtune/base/random.h"
#include "ocrtune/stages/registry.h"
#include "support/images.h"
#include "support/stage_names.h"
#include "support/stage_values.h"

namespace ocrtune {

namespace {

using test::allowed_values_of;
using test::as_part_of_larger;
using test::same_pixels;

constexpr std::uint64_t kCases = 200;
constexpr double kMaxSeconds = 20;  // far beyond what any takes, also under a sanitizer

class StageFuzz : public testing::TestWithParam<Stage> {};

INSTANTIATE_TEST_SUITE_P(Stages, StageFuzz, testing::ValuesIn(all_stages()),
                         [](const auto& about) { return about.param.name; });

cv::Size random_size(Random& random) {
  if (random.chance(0.12)) {
    const int length = random.integer(200, 3000);
    const int width = random.integer(1, 3);
    return random.chance(0.5) ? cv::Size(length, width) : cv::Size(width, length);
  }
  return {random.integer(1, 120), random.integer(1, 120)};
}

cv::Mat rectangles(cv::Size size, Random& random) {
  cv::Mat image(size, CV_8UC1, cv::Scalar(random.integer(0, 255)));
  for (int i = random.integer(0, 12); i > 0; --i) {
    const cv::Point corner{random.integer(0, size.width - 1), random.integer(0, size.height - 1)};
    const cv::Size box{random.integer(1, size.width), random.integer(1, size.height)};
    cv::rectangle(image, cv::Rect(corner, box), cv::Scalar(random.integer(0, 255)),
                  random.chance(0.6) ? -1 : 1);
  }
  return image;
}

cv::Mat gradient(cv::Size size, Random& random) {
  cv::Mat image(size, CV_8UC1);
  const double right = random.uniform(-300, 300) / size.width;
  const double down = random.uniform(-300, 300) / size.height;
  const double start = random.uniform(0, 255);
  for (int y = 0; y < size.height; ++y)
    for (int x = 0; x < size.width; ++x)
      image.at<uchar>(y, x) = cv::saturate_cast<uchar>(start + right * x + down * y);
  return image;
}

/// A gradient as black dots, by a threshold that repeats every 4 px.
cv::Mat half_toned(cv::Size size, Random& random) {
  cv::Mat image = gradient(size, random);
  for (int y = 0; y < size.height; ++y)
    for (int x = 0; x < size.width; ++x) {
      const int threshold = (x * 7 + y * 11) % 16 * 16 + 8;
      image.at<uchar>(y, x) = image.at<uchar>(y, x) < threshold ? 0 : 255;
    }
  return image;
}

cv::Mat random_gray(cv::Size size, Random& random) {
  switch (random.integer(0, 5)) {
    case 0:
      return test::noise(size.width, size.height, random.bits());
    case 1:
      return rectangles(size, random);
    case 2:
      return gradient(size, random);
    case 3:
      return half_toned(size, random);
    case 4:
      return test::scanned(size.width, size.height, random.bits());
    default:
      return {size, CV_8UC1, cv::Scalar(random.integer(0, 255))};
  }
}

cv::Mat random_colour(const cv::Mat& gray, Random& random) {
  cv::Mat colour;
  cv::merge(std::vector{gray, random_gray(gray.size(), random), random_gray(gray.size(), random)},
            colour);
  return colour;
}

Image random_image(const Stage& stage, Random& random) {
  Image image{random_gray(random_size(random), random), {300, 200}};
  if (stage.wants_colour && random.chance(0.8)) image.colour = random_colour(image.gray, random);
  if (random.chance(0.2)) image.dpi = {};
  return image;
}

void expect_valid(const Stage& stage, const Image& in, const Image& out) {
  EXPECT_EQ(out.gray.type(), CV_8UC1);
  EXPECT_FALSE(out.gray.empty());
  EXPECT_TRUE(stage.moves || out.gray.size() == in.gray.size());
  if (stage.gives_colour && !in.colour.empty()) {
    EXPECT_EQ(out.colour.type(), CV_8UC3);
    EXPECT_EQ(out.colour.size(), out.gray.size());
  }
  EXPECT_TRUE(std::isfinite(out.dpi.x) && std::isfinite(out.dpi.y));
  const cv::Point2d corner = out.to_page(cv::Point2d(out.gray.size()));
  EXPECT_TRUE(std::isfinite(corner.x) && std::isfinite(corner.y));
}

TEST_P(StageFuzz, GivesAValidImageWhateverComes) {
  const Stage& stage = GetParam();
  for (std::uint64_t seed = 0; seed < kCases; ++seed) {
    Random random(seed);
    const Image image = random_image(stage, random);
    const Values values = allowed_values_of(stage, random);
    SCOPED_TRACE(testing::Message() << "case " << seed << ", " << image.gray.size());
    const cv::Mat gray = image.gray.clone();
    const cv::Mat colour = image.colour.clone();
    const auto start = std::chrono::steady_clock::now();
    const Image out = apply(stage, image, values);
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start;
    EXPECT_LT(spent.count(), kMaxSeconds);
    expect_valid(stage, image, out);
    EXPECT_TRUE(same_pixels(image.gray, gray)) << "the input was written to";
    EXPECT_TRUE(same_pixels(image.colour, colour)) << "the input was written to";
    if (seed % 2 != 0) continue;
    // Rows of another length, and other pixels beyond the edges.
    Image part = image;
    part.gray = as_part_of_larger(gray);
    if (!colour.empty()) {
      part.colour =
          test::coloured(gray.cols + 5, gray.rows + 3, seed)(cv::Rect({2, 1}, gray.size()));
      colour.copyTo(part.colour);
    }
    EXPECT_TRUE(same_pixels(apply(stage, part, values).gray, out.gray));
  }
}

}  // namespace
}  // namespace ocrtune
