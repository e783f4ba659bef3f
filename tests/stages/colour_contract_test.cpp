// What holds for every stage that wants pages in colour, besides the contract of all stages.

#include <gtest/gtest.h>

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>
#include <thread>

#include "ocrtune/base/random.h"
#include "ocrtune/pipeline/space.h"
#include "ocrtune/stages/registry.h"
#include "support/images.h"
#include "support/stage_names.h"

namespace ocrtune {

namespace {

using test::coloured;
using test::same_pixels;

std::vector<Stage> colour_stages() {
  std::vector<Stage> stages = all_stages();
  std::erase_if(stages, [](const Stage& stage) { return !stage.wants_colour; });
  return stages;
}

class ColourContract : public testing::TestWithParam<Stage> {
 protected:
  [[nodiscard]] Values random_values(Random& random) const {
    Values values;
    for (const Parameter& p : GetParam().parameters) {
      values.set(p.name,
                 random.chance(0.3)
                     ? (random.chance(0.5) ? p.min : p.max)
                     : value_at({.type = p.type, .low = p.low, .high = p.high}, random.uniform()));
    }
    return values;
  }
};

INSTANTIATE_TEST_SUITE_P(Stages, ColourContract, testing::ValuesIn(colour_stages()),
                         [](const auto& about) { return about.param.name; });

Image page_of(const cv::Mat& colour) {
  Image page{{}, {300, 200}};
  page.colour = colour;
  cv::cvtColor(colour, page.gray, cv::COLOR_BGR2GRAY);
  return page;
}

Image checked(const Stage& stage, const Image& in, const Values& values) {
  const cv::Mat gray = in.gray.clone();
  const cv::Mat colour = in.colour.clone();
  Image out = apply(stage, in, values);
  EXPECT_EQ(out.gray.type(), CV_8UC1);
  EXPECT_EQ(out.gray.size(), gray.size());
  if (stage.gives_colour) {
    EXPECT_EQ(out.colour.type(), CV_8UC3);
    EXPECT_EQ(out.colour.size(), gray.size());
  }
  EXPECT_EQ(out.dpi.x, 300);
  EXPECT_TRUE(same_pixels(in.gray, gray)) << "the input was written to";
  EXPECT_TRUE(same_pixels(in.colour, colour)) << "the input was written to";
  return out;
}

TEST_P(ColourContract, WorksForEverySizeAndValue) {
  Random random(4);
  const std::vector<cv::Size> sizes{{1, 1}, {1, 7}, {7, 1}, {1, 70}, {70, 1}, {2, 2}, {33, 17}};
  for (const cv::Size size : sizes) {
    SCOPED_TRACE(testing::Message() << size.width << "x" << size.height);
    for (std::uint64_t seed = 0; seed < 12; ++seed)
      checked(GetParam(), page_of(coloured(size.width, size.height, seed)), random_values(random));
  }
}

TEST_P(ColourContract, WorksForPagesOfOneColour) {
  Random random(5);
  for (const cv::Scalar& colour : {cv::Scalar(0, 0, 1), cv::Scalar(255, 255, 254),
                                   cv::Scalar(0, 255, 0), cv::Scalar(90, 20, 200)}) {
    for (const cv::Size size : {cv::Size{1, 1}, cv::Size{41, 29}}) {
      for (int i = 0; i < 8; ++i)
        checked(GetParam(), page_of(cv::Mat(size, CV_8UC3, colour)), random_values(random));
    }
  }
}

TEST_P(ColourContract, GivesTheSameBytesEveryTimeAndLooksAtNothingElse) {
  const Stage& stage = GetParam();
  Random random(6);
  for (int i = 0; i < 8; ++i) {
    const Values values = random_values(random);
    const Image page = page_of(coloured(63, 41, 7));
    const Image first = checked(stage, page, values);
    Image part = page;
    cv::Mat larger = coloured(90, 60, 8);
    part.colour = larger(cv::Rect(6, 4, 63, 41));
    page.colour.copyTo(part.colour);
    part.gray = test::as_part_of_larger(page.gray);
    std::vector<Image> results(3);
    {
      std::vector<std::jthread> threads;
      threads.reserve(results.size());
      for (Image& result : results)
        threads.emplace_back([&] { result = checked(stage, part, values); });
    }
    for (const Image& result : results) {
      EXPECT_TRUE(same_pixels(result.gray, first.gray));
      EXPECT_TRUE(!stage.gives_colour || same_pixels(result.colour, first.colour));
    }
  }
}

TEST_P(ColourContract, LeavesGrayPagesAlone) {
  Random random(7);
  const Image page{test::scanned(80, 60, 3), {300, 200}};
  for (int i = 0; i < 20; ++i) {
    const Image out = apply(GetParam(), page, random_values(random));
    EXPECT_TRUE(same_pixels(out.gray, page.gray));
    EXPECT_TRUE(out.colour.empty());
  }
}

}  // namespace
}  // namespace ocrtune
