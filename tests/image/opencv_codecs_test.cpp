#include "ocrtune/image/opencv_codecs.h"

#include <gtest/gtest.h>

#include <opencv2/imgcodecs.hpp>

namespace ocrtune {
namespace {

TEST(OpencvCodecs, AreThoseOfImgcodecs) {
  cv::Mat image(20, 30, CV_8UC3);
  cv::randu(image, 0, 256);
  std::vector<uchar> ours;
  std::vector<uchar> theirs;
  ASSERT_TRUE(encode_image(".jpg", image, ours, {cv::IMWRITE_JPEG_QUALITY, 60}));
  ASSERT_TRUE(cv::imencode(".jpg", image, theirs, {cv::IMWRITE_JPEG_QUALITY, 60}));
  EXPECT_EQ(ours, theirs);
  const cv::Mat decoded = decode_image(std::as_bytes(std::span(ours)), cv::IMREAD_GRAYSCALE);
  ASSERT_EQ(decoded.type(), CV_8UC1);
  EXPECT_EQ(cv::norm(decoded, cv::imdecode(theirs, cv::IMREAD_GRAYSCALE), cv::NORM_INF), 0);
}

TEST(OpencvCodecs, WhatIsNoImageIsEmpty) {
  const std::vector<uchar> noise(100, 7);
  EXPECT_TRUE(decode_image(std::as_bytes(std::span(noise)), cv::IMREAD_GRAYSCALE).empty());
}

TEST(OpencvCodecs, AnUnknownExtensionIsOpencvsException) {
  std::vector<uchar> bytes;
  EXPECT_THROW(encode_image(".nothing", cv::Mat(2, 2, CV_8UC1, cv::Scalar(0)), bytes),
               cv::Exception);
}

}  // namespace
}  // namespace ocrtune
