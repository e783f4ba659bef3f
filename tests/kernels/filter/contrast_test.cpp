#include "ocrtune/kernels/filter/contrast.h"

#include <gtest/gtest.h>

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "support/images.h"
#include "support/kernel_cases.h"

namespace ocrtune {
namespace {

using test::same_pixels;

cv::Mat looked_up(const cv::Mat& gray, const LevelTable& table) {
  cv::Mat out;
  cv::LUT(gray, cv::Mat(1, 256, CV_8UC1, const_cast<std::uint8_t*>(table.data())), out);
  return out;
}

TEST(Stretched, FromTheDarkestToTheLightest) {
  EXPECT_TRUE(same_pixels(stretched(test::levels({60, 100, 140})), test::levels({0, 128, 255})));
  EXPECT_TRUE(same_pixels(stretched(test::levels({0, 9, 255})), test::levels({0, 9, 255})));
}

TEST(Stretched, ItsTableIsTheSame) {
  cv::RNG rng(3);
  for (int round = 0; round < 300; ++round) {
    cv::Mat gray = test::kernel_image(test::kernel_size(80, rng), round, rng);
    gray = gray * rng.uniform(0.05, 1.0) + rng.uniform(0, 40);
    EXPECT_TRUE(same_pixels(looked_up(gray, stretch_table(histogram(gray))), stretched(gray)));
  }
}

TEST(Equalised, OneTileIsItsTable) {
  cv::RNG rng(4);
  for (int round = 0; round < 100; ++round) {
    const cv::Mat gray = test::kernel_image(test::kernel_size(80, rng), round, rng);
    const double clip = rng.uniform(0, 3) == 0 ? 0 : rng.uniform(0.0, 9.0);
    EXPECT_TRUE(same_pixels(looked_up(gray, equalising_table(histogram(gray), clip)),
                            equalised(gray, clip, 1)))
        << gray.size() << " clip " << clip;
  }
}

TEST(TileGrid, TilesCoverTheImage) {
  for (int width = 1; width < 40; ++width) {
    for (const int tiles : {1, 2, 3, 8, 16}) {
      const TileGrid grid({width, 7}, tiles);
      EXPECT_GE(grid.tile.width * tiles, width);
      EXPECT_EQ(grid.columns.source.size(), static_cast<std::size_t>(grid.tile.width * tiles));
      for (std::size_t i = 0; i < grid.columns.weights.size(); i += 2)
        EXPECT_NEAR(grid.columns.weights[i] + grid.columns.weights[i + 1], 1, 1e-6);
    }
  }
}

}  // namespace
}  // namespace ocrtune
