#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>
#include <opencv2/photo.hpp>

#include "ocrtune/base/random.h"
#include "ocrtune/kernels/filter/inpaint.h"
#include "ocrtune/kernels/lines/line_mask.h"
#include "ocrtune/pipeline/presets.h"
#include "ocrtune/stages/registry.h"
#include "support/images.h"

namespace ocrtune {
namespace {

using test::noise;
using test::same_pixels;
using test::scanned;

// What the presets are defined by: the same steps in plain OpenCV 4.6 calls.

cv::Mat plain_line_mask(const cv::Mat& gray, int h_size, int v_size, int dilate_iter) {
  cv::Mat dark;
  cv::Mat h;
  cv::Mat v;
  cv::Mat both;
  cv::threshold(gray, dark, 0, 255, cv::THRESH_BINARY_INV + cv::THRESH_OTSU);
  cv::morphologyEx(dark, h, cv::MORPH_OPEN, cv::getStructuringElement(cv::MORPH_RECT, {h_size, 1}),
                   {-1, -1}, 2);
  cv::morphologyEx(dark, v, cv::MORPH_OPEN, cv::getStructuringElement(cv::MORPH_RECT, {1, v_size}),
                   {-1, -1}, 2);
  cv::add(h, v, both);
  cv::dilate(both, both, cv::getStructuringElement(cv::MORPH_RECT, {3, 3}), {-1, -1}, dilate_iter);
  return both;
}

cv::Mat plain_standard(const cv::Mat& gray, const Point& p) {
  const auto value = [&](const char* name) { return p.find(name).value(); };
  const auto whole = [&](const char* name) { return static_cast<int>(value(name)); };
  cv::Mat img = gray.clone();
  img.setTo(255, plain_line_mask(gray, whole("line_h_size"), whole("line_v_size"),
                                 whole("dilate_iter")) > 0);
  const int k = whole("norm_kernel");
  cv::Mat blurred;
  cv::GaussianBlur(img, blurred, {k, k}, 0);
  cv::divide(img, blurred, img, 255);
  if (value("denoise_h") > 0) {
    cv::Mat laplacian;
    cv::Scalar mean;
    cv::Scalar deviation;
    cv::Laplacian(img, laplacian, CV_64F);
    cv::meanStdDev(laplacian, mean, deviation);
    const int search = deviation[0] * deviation[0] < value("noise_threshold") ? 15 : 21;
    cv::fastNlMeansDenoising(img, img, static_cast<float>(value("denoise_h")), 7, search);
  }
  cv::Mat out;
  cv::adaptiveThreshold(img, out, 255, cv::ADAPTIVE_THRESH_GAUSSIAN_C, cv::THRESH_BINARY,
                        whole("bin_block_size"), value("bin_c"));
  return out;
}

/// OpenCV 4.10 gives others; kernels_test has recorded results of 4.6.
cv::Mat plain_inpainted(const cv::Mat& gray, const cv::Mat& mask) {
  // A copy, for without lines it is the page itself, which later steps would write into.
  if (CV_VERSION_MINOR > 6) return inpainted(gray, mask, 3).clone();
  cv::Mat out;
  cv::inpaint(gray, mask, out, 3, cv::INPAINT_TELEA);
  return out;
}

cv::Mat plain_blur_clahe(const cv::Mat& gray, const Point& p) {
  const auto value = [&](const char* name) { return p.find(name).value(); };
  const auto whole = [&](const char* name) { return static_cast<int>(value(name)); };
  cv::Mat img;
  img = plain_inpainted(gray, plain_line_mask(gray, whole("inp_line_h"), whole("inp_line_v"), 1));
  cv::fastNlMeansDenoising(img, img, static_cast<float>(value("denoise_h")), 7, 21);
  const int d = whole("bg_dilate");
  cv::Mat background;
  cv::dilate(img, background, cv::Mat::ones(d, d, CV_8UC1));
  cv::medianBlur(background, background, whole("bg_blur"));
  cv::absdiff(img, background, img);
  img = 255 - img;
  cv::normalize(img, img, 0, 255, cv::NORM_MINMAX, CV_8UC1);
  const int tile = whole("clahe_tile");
  cv::Mat out;
  cv::createCLAHE(value("clahe_clip"), {tile, tile})->apply(img, out);
  return out;
}

using Plain = cv::Mat (*)(const cv::Mat&, const Point&);

/// A random point of the whole pipeline, what it fixes included.
Point random_point(const Pipeline& pipeline, Random& random) {
  Point point;
  for (const StageUse& use : pipeline.stages()) {
    for (const Setting& setting : use.settings) {
      const double value = setting.free ? value_at({.name = setting.name,
                                                    .type = setting.parameter->type,
                                                    .low = setting.free->low,
                                                    .high = setting.free->high},
                                                   random.uniform())
                                        : setting.value;
      point.values.emplace_back(setting.name, value);
    }
  }
  return point;
}

void expect_same_as_plain(const char* preset, Plain plain, int cases) {
  const Pipeline pipeline = load_pipeline(preset);
  Random random(2024);
  for (int i = 0; i < cases; ++i) {
    const auto seed = static_cast<std::uint64_t>(i);
    const int width = random.integer(30, 200);
    const int height = random.integer(30, 160);
    const cv::Mat gray =
        i % 5 == 4 ? noise(width / 2, height / 2, seed) : scanned(width, height, seed);
    const Point point = random_point(pipeline, random);
    SCOPED_TRACE(testing::Message() << width << "x" << height << " seed " << seed);
    EXPECT_TRUE(same_pixels(pipeline.at(point).run({gray, {}}).gray, plain(gray, point)));
  }
}

TEST(Presets, StandardIsThePlainOpenCvSequence) {
  expect_same_as_plain("standard", plain_standard, 40);
}

TEST(Presets, BlurClaheIsThePlainOpenCvSequence) {
  expect_same_as_plain("blur_clahe", plain_blur_clahe, 40);
}

TEST(Presets, DefaultsOnALargerPage) {
  const cv::Mat gray = scanned(700, 500, 77);
  for (const auto& [name, plain] : {std::pair<const char*, Plain>{"standard", plain_standard},
                                    {"blur_clahe", plain_blur_clahe}}) {
    const Pipeline pipeline = load_pipeline(name);
    Point point;
    for (const StageUse& use : pipeline.stages()) {
      for (const Setting& s : use.settings) point.values.emplace_back(s.name, s.value);
    }
    EXPECT_TRUE(same_pixels(pipeline.at({}).run({gray, {}}).gray, plain(gray, point))) << name;
  }
}

TEST(DenoiseNlm, OfStrengthZeroLeavesThePageAlone) {
  const cv::Mat gray = scanned(60, 40, 3);
  Values values;
  values.set("h", 0);
  values.set("noise_threshold", 100);
  EXPECT_TRUE(same_pixels(apply(stage_named("denoise_nlm"), {gray, {}}, values).gray, gray));
}

TEST(DenoiseNlm, LooksLessFarOnCleanPages) {
  const cv::Mat gray = scanned(90, 70, 4);
  cv::Mat near;
  cv::Mat far;
  cv::fastNlMeansDenoising(gray, near, 9, 7, 15);
  cv::fastNlMeansDenoising(gray, far, 9, 7, 21);
  ASSERT_FALSE(same_pixels(near, far));
  Values values;
  values.set("h", 9);
  values.set("noise_threshold", 1e6);
  EXPECT_TRUE(same_pixels(apply(stage_named("denoise_nlm"), {gray, {}}, values).gray, near));
  values.set("noise_threshold", 0);
  EXPECT_TRUE(same_pixels(apply(stage_named("denoise_nlm"), {gray, {}}, values).gray, far));
}

TEST(LineMask, FindsLinesAndNothingElse) {
  cv::Mat page(200, 300, CV_8UC1, cv::Scalar(220));
  cv::line(page, {10, 100}, {290, 100}, 20);
  cv::line(page, {150, 10}, {150, 190}, 20);
  cv::rectangle(page, {40, 30, 20, 12}, 20, cv::FILLED);  // as large as a letter
  const cv::Mat mask = line_mask(page, {.h_size = 45, .v_size = 50, .dilate_iter = 0});
  EXPECT_EQ(mask.at<uchar>(100, 60), 255);
  EXPECT_EQ(mask.at<uchar>(40, 150), 255);
  EXPECT_EQ(mask.at<uchar>(36, 50), 0);
  EXPECT_EQ(mask.at<uchar>(99, 60), 0);
  const cv::Mat thick = line_mask(page, {.h_size = 45, .v_size = 50, .dilate_iter = 2});
  EXPECT_EQ(thick.at<uchar>(98, 60), 255);
  EXPECT_EQ(thick.at<uchar>(97, 60), 0);
}

TEST(StretchContrast, ReachesBlackAndWhite) {
  const Image out = stage_named("stretch_contrast").run({test::levels({50, 75, 100}), {}}, {});
  EXPECT_TRUE(same_pixels(out.gray, test::levels({0, 128, 255})) ||
              same_pixels(out.gray, test::levels({0, 127, 255})));
}

}  // namespace
}  // namespace ocrtune
