// Samples of images of PDFs in shorter codings.

#define POINTERHOLDER_TRANSITION 4

#include "ocrtune/pdf/program/recoded_image.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <opencv2/imgcodecs.hpp>
#include <qpdf/Buffer.hh>
#include <qpdf/JSON.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>

#include "support/encoded.h"
#include "support/images.h"

namespace ocrtune {
namespace {

/// What a reader of PDF makes of it, but for fax codings.
std::string samples_of(const RecodedImage& image) {
  QPDF pdf;
  pdf.emptyPDF();
  QPDFObjectHandle stream = QPDFObjectHandle::newStream(&pdf);
  stream.replaceStreamData(image.data, QPDFObjectHandle::parse(image.filter),
                           image.parameters.empty() ? QPDFObjectHandle::newNull()
                                                    : QPDFObjectHandle::parse(image.parameters));
  const auto buffer = stream.getStreamData(qpdf_dl_generalized);
  return {reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()};
}

std::vector<unsigned> unpacked_row(std::string_view row, std::size_t count, std::size_t bits) {
  std::vector<unsigned> values(count);
  for (std::size_t i = 0; i < count * bits; ++i) {
    const unsigned octet = static_cast<unsigned char>(row[i / 8]);
    values[i / bits] = values[i / bits] << 1U | (octet >> (7 - i % 8) & 1U);
  }
  return values;
}

/// The samples that an image shows: those of its palette, if it has a new one.
std::string shown(const SampleForm& form, const RecodedImage& image) {
  std::string samples = samples_of(image);
  if (image.palette.empty()) return samples;
  const std::size_t row_bytes = (form.width * image.bits + 7) / 8;
  std::string result;
  for (std::size_t y = 0; y < form.height; ++y) {
    for (const unsigned index : unpacked_row(
             std::string_view(samples).substr(y * row_bytes, row_bytes), form.width, image.bits))
      result += image.palette.substr(index * form.components, form.components);
  }
  return result;
}

std::string random_samples(const SampleForm& form, std::size_t colours, std::uint64_t seed) {
  cv::RNG random(seed);
  std::vector<std::string> pixels;
  const std::size_t pixel_bytes = std::max<std::size_t>(1, form.components * form.bits / 8);
  for (std::size_t i = 0; i < colours; ++i) {
    std::string& pixel = pixels.emplace_back();
    for (std::size_t k = 0; k < pixel_bytes; ++k)
      pixel += static_cast<char>(random.uniform(0, 256));
  }
  std::string samples;
  while (samples.size() < form.bytes())
    samples += pixels[static_cast<std::size_t>(random.uniform(0, static_cast<int>(colours)))];
  samples.resize(form.bytes());
  return samples;
}

RC_GTEST_PROP(RecodedSamplesProperty, LoseNothing, ()) {
  SampleForm form;
  form.width = *rc::gen::inRange<std::size_t>(1, 70);
  form.height = *rc::gen::inRange<std::size_t>(1, 40);
  form.components = *rc::gen::element<std::size_t>(1, 3, 4);
  form.bits = *rc::gen::element<std::size_t>(2, 4, 8, 16);
  form.may_be_indexed = *rc::gen::arbitrary<bool>();
  form.is_indexed = form.components == 1 && *rc::gen::arbitrary<bool>();
  if (form.is_indexed) form.may_be_indexed = false;
  const std::string samples = random_samples(form, *rc::gen::inRange<std::size_t>(3, 300), 7);
  const RecodedImage image = recoded_samples(form, samples);
  if (!form.may_be_indexed) RC_ASSERT(image.palette.empty());
  if (image.filter == "/CCITTFaxDecode" || image.bits == 1) return;  // end-to-end tests have these
  const bool is_same = shown(form, image) == samples;
  RC_ASSERT(is_same);
}

TEST(RecodedSamples, OfFewColoursHaveAPalette) {
  const SampleForm form{.width = 60, .height = 50, .components = 3};
  const std::string samples = random_samples(form, 4, 1);
  const RecodedImage image = recoded_samples(form, samples);
  EXPECT_EQ(image.bits, 2U);
  EXPECT_EQ(image.palette.size(), 12U);
  EXPECT_EQ(shown(form, image), samples);
}

TEST(RecodedSamples, OfBlackAndWhiteAreBits) {
  const SampleForm form{.width = 200, .height = 100, .may_be_indexed = false};
  std::string samples(form.bytes(), '\xFF');
  for (std::size_t i = 0; i < samples.size(); i += 1 + i % 150) samples[i] = '\0';
  const RecodedImage image = recoded_samples(form, samples);
  EXPECT_EQ(image.bits, 1U);
  EXPECT_TRUE(image.palette.empty());
}

TEST(PredictedRows, OfASmoothImageAreShorter) {
  const SampleForm form{.width = 300, .height = 80, .components = 3};
  std::string samples;
  for (std::size_t y = 0; y < form.height; ++y) {
    for (std::size_t x = 0; x < form.width; ++x) {
      for (const std::size_t level : {x / 2 + y, 255 - x / 2, y * 3})
        samples += static_cast<char>(level);
    }
  }
  const RecodedImage image = recoded_samples(form, samples);
  EXPECT_NE(image.parameters.find("/Predictor 15 /Colors 3"), std::string::npos);
  EXPECT_EQ(samples_of(image), samples);
  EXPECT_LT(image.data.size(), samples.size() / 50);
}

TEST(RecodedJpeg, HasTheSamePixels) {
  const auto jpeg =
      test::encoded(test::coloured(90, 70, 3), ".jpg", {cv::IMWRITE_JPEG_QUALITY, 70});
  const SampleForm form{.width = 90, .height = 70, .components = 3};
  const std::string_view file(reinterpret_cast<const char*>(jpeg.data()), jpeg.size());
  const auto image = recoded_jpeg(form, file);
  ASSERT_TRUE(image);
  EXPECT_LT(image->data.size(), jpeg.size());
  const std::vector<char> recoded(image->data.begin(), image->data.end());
  const std::vector<unsigned char> original(
      reinterpret_cast<const unsigned char*>(jpeg.data()),
      reinterpret_cast<const unsigned char*>(jpeg.data()) + jpeg.size());
  EXPECT_TRUE(test::same_pixels(cv::imdecode(recoded, cv::IMREAD_COLOR),
                                cv::imdecode(original, cv::IMREAD_COLOR)));
  EXPECT_FALSE(recoded_jpeg(form, "no JPEG"));
  EXPECT_FALSE(recoded_jpeg({.width = 90, .height = 69, .components = 3}, file));
}

}  // namespace
}  // namespace ocrtune
