#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <opencv2/imgcodecs.hpp>

#include "ocrtune/image/jpeg.h"
#include "ocrtune/image/png.h"
#include "support/images.h"

namespace ocrtune {
namespace {

using test::coloured;
using test::noise;
using test::same_pixels;

std::span<const std::byte> view(const std::vector<uchar>& bytes) {
  return std::as_bytes(std::span(bytes));
}

std::vector<uchar> file_of(const cv::Mat& image, const char* extension,
                           const std::vector<int>& settings = {}) {
  std::vector<uchar> bytes;
  cv::imencode(extension, image, bytes, settings);
  return bytes;
}

/// Gray and colour are decoded, to the pixels of OpenCV.
void expect_as_opencv(const std::vector<uchar>& file,
                      cv::Mat (*decode)(std::span<const std::byte>, bool)) {
  EXPECT_TRUE(same_pixels(decode(view(file), false), cv::imdecode(file, cv::IMREAD_GRAYSCALE)));
  EXPECT_TRUE(same_pixels(decode(view(file), true), cv::imdecode(file, cv::IMREAD_COLOR)));
}

cv::Mat any_image() {
  const int width = *rc::gen::inRange(1, 70);
  const int height = *rc::gen::inRange(1, 70);
  const int seed = *rc::gen::inRange(1, 1000);
  return *rc::gen::arbitrary<bool>() ? coloured(width, height, seed) : noise(width, height, seed);
}

RC_GTEST_PROP(PlainJpeg, IsThatOfOpenCv, ()) {
  const int quality = *rc::gen::inRange(1, 101);
  const int progressive = *rc::gen::inRange(0, 2);
  expect_as_opencv(
      file_of(any_image(), ".jpg",
              {cv::IMWRITE_JPEG_QUALITY, quality, cv::IMWRITE_JPEG_PROGRESSIVE, progressive}),
      decode_jpeg);
}

RC_GTEST_PROP(PlainPng, IsThatOfOpenCv, ()) {
  expect_as_opencv(file_of(any_image(), ".png"), decode_png);
}

TEST(PlainPng, BlackAndWhiteIsThatOfOpenCv) {
  const cv::Mat bilevel = noise(40, 30, 7) > 99;
  expect_as_opencv(file_of(bilevel, ".png", {cv::IMWRITE_PNG_BILEVEL, 1}), decode_png);
}

TEST(PlainPng, WhatTakesMoreIsLeft) {
  cv::Mat wide;
  noise(9, 9, 3).convertTo(wide, CV_16UC1, 257);
  EXPECT_TRUE(decode_png(view(file_of(wide, ".png")), false).empty());
  const cv::Mat transparent(9, 9, CV_8UC4, cv::Scalar(1, 2, 3, 4));
  EXPECT_TRUE(decode_png(view(file_of(transparent, ".png")), false).empty());
}

RC_GTEST_PROP(PlainFiles, CutOrChangedAreDecodedOrLeft, ()) {
  const bool jpeg = *rc::gen::arbitrary<bool>();
  std::vector<uchar> file = file_of(any_image(), jpeg ? ".jpg" : ".png");
  const auto size = static_cast<int>(file.size());
  const int changes = *rc::gen::inRange(0, 4);
  for (int i = 0; i < changes; ++i)
    file[static_cast<std::size_t>(*rc::gen::inRange(0, size))] =
        *rc::gen::arbitrary<unsigned char>();
  file.resize(static_cast<std::size_t>(*rc::gen::inRange(0, size + 1)));
  const cv::Mat image = (jpeg ? decode_jpeg : decode_png)(view(file), changes % 2 == 0);
  RC_ASSERT(image.empty() || image.depth() == CV_8U);
}

}  // namespace
}  // namespace ocrtune
