#include "ocrtune/evaluator/banded_stage.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <opencv2/core.hpp>

#include "ocrtune/base/random.h"
#include "ocrtune/pipeline/pipeline.h"
#include "ocrtune/stages/registry.h"
#include "support/images.h"

namespace ocrtune {
namespace {

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

/// The stage's settled values: its initial ones, or the least that it is searched from.
Values some_values(const Stage& stage, const Image& page, bool least) {
  Values values;
  for (const Parameter& parameter : stage.parameters) {
    values.set(parameter.name, least ? parameter.low : parameter.initial);
  }
  return settled(stage, values, measure_for(stage, page));
}

bool same(const cv::Mat& a, const cv::Mat& b) {
  return a.size() == b.size() && a.type() == b.type() && cv::norm(a, b, cv::NORM_INF) == 0;
}

std::vector<const Stage*> banded_stages() {
  std::vector<const Stage*> stages;
  for (const Stage& stage : all_stages()) {
    const Image page = noisy_page({40, 40}, 1);
    if (reach_of(stage, some_values(stage, page, false))) stages.push_back(&stage);
  }
  return stages;
}

TEST(BandedStage, KnowsTheReachOfTheSlowStages) {
  std::vector<std::string> names;
  for (const Stage* stage : banded_stages()) names.push_back(stage->name);
  for (const char* name : {"denoise_nlm", "binarize_adaptive", "normalize_division"}) {
    EXPECT_NE(std::ranges::find(names, name), names.end()) << name;
  }
}

RC_GTEST_PROP(BandedStage, BandsGiveTheSameBytes, (std::uint64_t seed)) {
  const auto stages = banded_stages();
  const Stage& stage = *stages[*rc::gen::inRange<std::size_t>(0, stages.size())];
  const cv::Size size(*rc::gen::inRange(1, 200), *rc::gen::inRange(1, 700));
  const Image page = noisy_page(size, seed);
  const Values values = some_values(stage, page, *rc::gen::arbitrary<bool>());
  const Image banded = run_in_bands(stage, page, values, *rc::gen::inRange(1, 5), [] {});
  RC_ASSERT(same(banded.gray, run_stage(stage, page, values).gray));
  RC_ASSERT(banded.dpi.x == page.dpi.x);
}

RC_GTEST_PROP(BandedStage, ARegionIsTheCropOfTheWhole, (std::uint64_t seed)) {
  const auto stages = banded_stages();
  const Stage& stage = *stages[*rc::gen::inRange<std::size_t>(0, stages.size())];
  const cv::Size size(*rc::gen::inRange(1, 300), *rc::gen::inRange(1, 300));
  const Image page = noisy_page(size, seed);
  const Values values = some_values(stage, page, true);
  const int x = *rc::gen::inRange(0, size.width);
  const int y = *rc::gen::inRange(0, size.height);
  const cv::Rect region(x, y, *rc::gen::inRange(1, size.width - x + 1),
                        *rc::gen::inRange(1, size.height - y + 1));
  const Image part = run_on_region(stage, page, values, *reach_of(stage, values), region);
  RC_ASSERT(same(part.gray, run_stage(stage, page, values).gray(region)));
}

TEST(BandedStage, ACheckThatThrowsEndsTheWork) {
  const Stage& stage = stage_named("denoise_nlm");
  const Image page = noisy_page({100, 600}, 1);
  int asked = 0;
  const auto check = [&] {
    if (++asked == 3) throw std::runtime_error("over");
  };
  EXPECT_THROW((void)run_in_bands(stage, page, some_values(stage, page, false), 1, check),
               std::runtime_error);
  EXPECT_EQ(asked, 3);
}

RC_GTEST_PROP(BandedStage, ARegionOfManyStagesIsTheCropOfTheWhole, (std::uint64_t seed)) {
  const auto stages = banded_stages();
  const cv::Size size(*rc::gen::inRange(1, 300), *rc::gen::inRange(1, 400));
  const Image page = noisy_page(size, seed);
  Image whole = page;
  std::vector<SettledStage> chain;
  for (int count = *rc::gen::inRange(1, 4); count > 0; --count) {
    const Stage& stage = *stages[*rc::gen::inRange<std::size_t>(0, stages.size())];
    chain.emplace_back(&stage, some_values(stage, page, true));
    whole = run_stage(stage, whole, chain.back().second);
  }
  const int x = *rc::gen::inRange(0, size.width);
  const int y = *rc::gen::inRange(0, size.height);
  const cv::Rect region(x, y, *rc::gen::inRange(1, size.width - x + 1),
                        *rc::gen::inRange(1, size.height - y + 1));
  const Image part = run_on_region(chain, page, region, *rc::gen::inRange(1, 5), [] {});
  RC_ASSERT(same(part.gray, whole.gray(region)));
}

}  // namespace
}  // namespace ocrtune
