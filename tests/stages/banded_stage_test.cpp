#include "ocrtune/stages/banded_stage.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <opencv2/core.hpp>

#include "ocrtune/base/random.h"
#include "ocrtune/stages/registry.h"
#include "ocrtune/stages/run_stage.h"
#include "support/images.h"
#include "support/stage_values.h"

namespace ocrtune {
namespace {

using test::same_pixels;

/// Letters on paper, and noise.
Image noisy_page(cv::Size size, std::uint64_t seed) {
  Random random(seed);
  Image page{cv::Mat(size, CV_8UC1), {300, 300}};
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      const bool ink = (x / 7 + y / 11) % 5 == 0;
      page.gray.at<unsigned char>(y, x) =
          static_cast<unsigned char>((ink ? 40 : 200) + random.integer(-30, 30));
    }
  }
  return page;
}

/// What the stage runs with on the page: any values that it may have.
Values some_values(const Stage& stage, const Image& page, Random& random) {
  return resolved(stage, test::allowed_values_of(stage, random), measure_for(stage, page));
}

cv::Size some_size(int width, int height) {
  return {*rc::gen::inRange(1, width), *rc::gen::inRange(1, height)};
}

cv::Rect some_region(cv::Size size) {
  const int x = *rc::gen::inRange(0, size.width);
  const int y = *rc::gen::inRange(0, size.height);
  return {x, y, *rc::gen::inRange(1, size.width - x + 1),
          *rc::gen::inRange(1, size.height - y + 1)};
}

std::vector<const Stage*> banded_stages() {
  std::vector<const Stage*> stages;
  for (const Stage& stage : all_stages()) {
    if (stage.reach) stages.push_back(&stage);
  }
  return stages;
}

class StageReach : public testing::TestWithParam<const Stage*> {};

INSTANTIATE_TEST_SUITE_P(Stages, StageReach, testing::ValuesIn(banded_stages()),
                         [](const auto& about) { return about.param->name; });

TEST_P(StageReach, ARegionIsTheCropOfTheWhole) {
  const Stage& stage = *GetParam();
  EXPECT_FALSE(stage.moves || stage.wants_colour);
  EXPECT_TRUE(rc::check([&](std::uint64_t seed) {
    Random random(seed);
    const Image page = noisy_page(some_size(200, 200), seed);
    const Values values = some_values(stage, page, random);
    const cv::Rect region = some_region(page.gray.size());
    const Image part = run_on_region(stage, page, values, region);
    RC_ASSERT(same_pixels(part.gray, run_stage(stage, page, values).gray(region)));
  }));
}

TEST_P(StageReach, BandsGiveTheSameBytes) {
  const Stage& stage = *GetParam();
  EXPECT_TRUE(rc::check([&](std::uint64_t seed) {
    Random random(seed);
    const Image page = noisy_page(some_size(100, 700), seed);
    const Values values = some_values(stage, page, random);
    const Image banded = run_in_bands(stage, page, values, *rc::gen::inRange(1, 5), [] {});
    RC_ASSERT(same_pixels(banded.gray, run_stage(stage, page, values).gray));
    RC_ASSERT(banded.dpi.x == page.dpi.x);
  }));
}

TEST(BandedStage, StagesThatLookAtTheWholePageStateNoReach) {
  for (const char* name :
       {"binarize_su", "stretch_contrast", "clahe", "remove_lines", "divide_median", "deskew"}) {
    EXPECT_FALSE(stage_named(name).reach) << name;
  }
}

TEST(BandedStage, ACheckThatThrowsEndsTheWork) {
  const Stage& stage = stage_named("denoise_nlm");
  const Image page = noisy_page({100, 600}, 1);
  int asked = 0;
  const auto check = [&] {
    if (++asked == 3) throw std::runtime_error("over");
  };
  Values values;
  values.set("h", 9);
  values.set("search", 15);
  EXPECT_THROW((void)run_in_bands(stage, page, values, 1, check), std::runtime_error);
  EXPECT_EQ(asked, 3);
}

RC_GTEST_PROP(BandedStage, ARegionOfManyStagesIsTheCropOfTheWhole, (std::uint64_t seed)) {
  const auto stages = banded_stages();
  Random random(seed);
  const Image page = noisy_page(some_size(300, 400), seed);
  Image whole = page;
  std::vector<SettledStage> chain;
  for (int count = *rc::gen::inRange(1, 4); count > 0; --count) {
    const Stage& stage = *stages[*rc::gen::inRange<std::size_t>(0, stages.size())];
    chain.emplace_back(&stage, some_values(stage, whole, random));
    whole = run_stage(stage, whole, chain.back().second);
  }
  const cv::Rect region = some_region(page.gray.size());
  const Image part = run_on_region(chain, page, region, *rc::gen::inRange(1, 5), [] {});
  RC_ASSERT(same_pixels(part.gray, whole.gray(region)));
}

}  // namespace
}  // namespace ocrtune
