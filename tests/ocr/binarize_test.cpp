#include "ocrtune/ocr/binarize.h"

#include <gtest/gtest.h>
#include <tesseract/baseapi.h>

#include <memory>

#include "ocrtune/base/random.h"

namespace ocrtune {
namespace {

PixPtr noise(int width, int height, int depth, std::uint64_t seed, int levels) {
  PixPtr pix(pixCreate(width, height, depth));
  Random random(seed);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const auto gray = [&] {
        return static_cast<int>(random.uniform(0, levels)) * 255 / std::max(levels - 1, 1);
      };
      if (depth == 32) {
        const int red = gray();
        const int green = gray();
        pixSetRGBPixel(pix.get(), x, y, red, green, gray());
      } else {
        pixSetPixel(pix.get(), x, y, static_cast<l_uint32>(depth == 1 ? gray() & 1 : gray()));
      }
    }
  }
  return pix;
}

/// What Tesseract makes of the page.
PixPtr by_tesseract(PIX* page) {
  tesseract::TessBaseAPI api;
  api.InitForAnalysePage();
  api.SetImage(page);
  PixPtr binary(api.GetThresholdedImage());
  return PixPtr(pixCopy(nullptr, binary.get()));
}

void expect_same(PIX* page, const char* what) {
  const PixPtr ours = binarize(page);
  const PixPtr theirs = by_tesseract(page);
  ASSERT_TRUE(ours && theirs) << what;
  l_int32 same = 0;
  pixEqual(ours.get(), theirs.get(), &same);
  EXPECT_EQ(same, 1) << what;
}

TEST(Binarize, AsTesseract) {
  for (const int width : {1, 31, 32, 33, 64, 131}) {
    expect_same(noise(width, 9, 8, static_cast<std::uint64_t>(width), 256).get(), "gray");
    expect_same(noise(width, 9, 8, 7, 2).get(), "two grays");
    expect_same(noise(width, 9, 32, 5, 256).get(), "colour");
    expect_same(noise(width, 9, 32, 5, 2).get(), "few colours");
    expect_same(noise(width, 9, 1, 3, 256).get(), "black and white");
  }
}

TEST(Binarize, BrightInkOnDarkPaper) {
  const PixPtr page(pixCreate(40, 20, 8));
  pixSetAllArbitrary(page.get(), 20);
  BOX* box = boxCreate(5, 5, 6, 6);
  pixSetInRectArbitrary(page.get(), box, 220);
  boxDestroy(&box);
  expect_same(page.get(), "bright ink");
  l_uint32 pixel = 0;
  const PixPtr binary = binarize(page.get());
  pixGetPixel(binary.get(), 6, 6, &pixel);
  EXPECT_EQ(pixel, 1U);
  pixGetPixel(binary.get(), 0, 0, &pixel);
  EXPECT_EQ(pixel, 0U);
}

TEST(Binarize, PagesOfOneGray) {
  for (const l_uint32 gray : {0U, 128U, 255U}) {
    const PixPtr page(pixCreate(33, 7, 8));
    pixSetAllArbitrary(page.get(), gray);
    expect_same(page.get(), "one gray");
  }
}

TEST(Binarize, OtherDepthsAreNone) {
  const PixPtr page(pixCreate(10, 10, 16));
  EXPECT_FALSE(binarize(page.get()));
}

}  // namespace
}  // namespace ocrtune
