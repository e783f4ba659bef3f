#include <gtest/gtest.h>

#include <functional>
#include <opencv2/core.hpp>
#include <thread>

#include "ocrtune/base/random.h"
#include "ocrtune/pipeline/space.h"
#include "ocrtune/stages/registry.h"
#include "support/images.h"
#include "support/stage_names.h"

namespace ocrtune {

namespace {

using test::noise;
using test::same_pixels;
using test::scanned;

/// Every stage must do what stage.h promises.
class StageContract : public testing::TestWithParam<Stage> {};

INSTANTIATE_TEST_SUITE_P(Stages, StageContract, testing::ValuesIn(all_stages()),
                         [](const auto& about) { return about.param.name; });

Values chosen_values(const Stage& stage, const std::function<double(const Parameter&)>& choose) {
  Values values;
  for (const Parameter& parameter : stage.parameters) {
    values.set(parameter.name, choose(parameter));
  }
  return values;
}

Values initial_values(const Stage& stage) {
  return chosen_values(stage, [](const Parameter& parameter) { return parameter.initial; });
}

/// Runs the stage and checks what holds for any input.
cv::Mat run(const Stage& stage, const cv::Mat& gray, const Values& values) {
  const cv::Mat before = gray.clone();
  const Image out = apply(stage, {gray, {300, 200}}, values);
  EXPECT_EQ(out.gray.type(), CV_8UC1);
  EXPECT_FALSE(out.gray.empty());
  if (!stage.moves) {
    EXPECT_EQ(out.gray.size(), gray.size());
    EXPECT_EQ(out.dpi.x, 300);
    EXPECT_EQ(out.dpi.y, 200);
    EXPECT_TRUE(out.to_page.is_identity());
    EXPECT_FALSE(out.sized);
  }
  EXPECT_TRUE(same_pixels(gray, before)) << "the input was written to";
  return out.gray;
}

TEST_P(StageContract, GivesTheSameBytesEveryTime) {
  const Stage& stage = GetParam();
  const Values values = initial_values(stage);
  const cv::Mat gray = scanned(140, 100, 1);
  const cv::Mat first = run(stage, gray, values);
  const cv::Mat other = run(stage, noise(90, 33, 2), values);
  EXPECT_TRUE(same_pixels(run(stage, gray, values), first));
  std::vector<cv::Mat> results(3);
  {
    std::vector<std::jthread> threads;
    for (cv::Mat& result : results) {
      threads.emplace_back([&] { result = apply(stage, {gray, {}}, values).gray; });
    }
  }
  for (const cv::Mat& result : results) EXPECT_TRUE(same_pixels(result, first));
}

TEST_P(StageContract, WorksForEverySize) {
  const Stage& stage = GetParam();
  const std::vector<cv::Size> sizes{{1, 1}, {1, 7}, {7, 1}, {1, 70}, {70, 1}, {2, 2}, {33, 17}};
  for (const cv::Size size : sizes) {
    SCOPED_TRACE(testing::Message() << size.width << "x" << size.height);
    run(stage, noise(size.width, size.height, 3), initial_values(stage));
  }
}

TEST_P(StageContract, WorksForPagesOfOneLevel) {
  for (const int level : {0, 1, 128, 255}) {
    SCOPED_TRACE(level);
    for (const cv::Size size : {cv::Size{1, 1}, cv::Size{41, 29}}) {
      run(GetParam(), cv::Mat(size, CV_8UC1, cv::Scalar(level)), initial_values(GetParam()));
    }
  }
}

TEST_P(StageContract, LooksOnlyAtThePixelsItIsGiven) {
  const Stage& stage = GetParam();
  for (const std::uint64_t seed : {1U, 2U}) {
    const cv::Mat gray = scanned(80, 60, seed);
    const cv::Mat part = test::as_part_of_larger(gray);
    ASSERT_FALSE(part.isContinuous());
    EXPECT_TRUE(same_pixels(run(stage, part, initial_values(stage)),
                            run(stage, gray, initial_values(stage))));
  }
}

TEST_P(StageContract, ParametersThatSettleAlikeGiveTheSame) {
  const Stage& stage = GetParam();
  Random random(11);
  for (const std::uint64_t seed : {5U, 6U}) {
    const Image in{scanned(80, 60, seed), {}};
    std::vector<std::pair<Values, cv::Mat>> seen;
    for (int i = 0; i < 12; ++i) {
      const Values values = chosen_values(stage, [&](const Parameter& p) {
        if (random.uniform() < 0.5) return p.initial;
        return value_at({.type = p.type, .low = p.low, .high = p.high}, random.uniform());
      });
      const Values resolved_values = resolved(stage, values, stage.measure ? stage.measure(in) : 0);
      const cv::Mat out = stage.run(in, resolved_values).gray;
      for (const auto& [earlier, result] : seen) {
        EXPECT_TRUE(earlier != resolved_values || same_pixels(out, result));
      }
      seen.emplace_back(resolved_values, out);
    }
  }
}

TEST_P(StageContract, WorksAtTheEndsOfWhatIsAllowed) {
  const Stage& stage = GetParam();
  const std::vector<std::function<double(const Parameter&)>> ends{
      [](const Parameter& p) { return p.min; }, [](const Parameter& p) { return p.max; },
      [](const Parameter& p) { return p.low; }, [](const Parameter& p) { return p.high; }};
  for (const cv::Size size : {cv::Size{1, 1}, cv::Size{23, 19}}) {
    const cv::Mat gray = noise(size.width, size.height, 4);
    for (const auto& end : ends) run(stage, gray, chosen_values(stage, end));
    // Each parameter alone at its ends.
    for (const Parameter& moved : stage.parameters) {
      for (const double value : {moved.min, moved.max}) {
        SCOPED_TRACE(testing::Message() << moved.name << " = " << value);
        Values values = initial_values(stage);
        values.set(moved.name, value);
        run(stage, gray, values);
      }
    }
  }
}

}  // namespace
}  // namespace ocrtune
