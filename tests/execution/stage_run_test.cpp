#include "ocrtune/execution/stage_run.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <opencv2/imgproc.hpp>
#include <thread>
#include <vector>

#include "ocrtune/base/error.h"
#include "ocrtune/pipeline/pipeline_file.h"
#include "ocrtune/stages/run_stage.h"
#include "search/page_contents.h"
#include "support/errors.h"
#include "support/images.h"

namespace ocrtune {
namespace {

using test::same_pixels;
using test::scanned;

/// A stage that counts its runs: adds `amount`, in steps of ten.
class CountingStage {
 public:
  explicit CountingStage(const std::string& name, bool measures = true)
      : stage_{.name = name,
               .summary = "",
               .cites = {},
               .parameters = {real("amount", {.low = 0, .high = 99, .min = 0, .max = 99})},
               .measure =
                   [this](const Image& in) {
                     ++measured_;
                     return cv::mean(in.gray)[0];
                   },
               .resolve =
                   [](const Values& parameters, double) {
                     Values resolved;
                     resolved.set("tens", parameters.integer("amount") / 10);
                     return resolved;
                   },
               .run =
                   [this](const Image& in, const Values& resolved) {
                     ++runs_;
                     Image out{{}, in.dpi};
                     cv::add(in.gray, 10 * resolved.integer("tens"), out.gray);
                     return out;
                   }} {
    if (!measures) stage_.measure = nullptr;
  }

  [[nodiscard]] StageUse at(double amount, bool on = true) const {
    return {.stage = &stage_,
            .on = on,
            .settings = {{.name = stage_.name + "_amount",
                          .parameter = &stage_.parameters[0],
                          .value = amount}}};
  }
  [[nodiscard]] int runs() const { return runs_; }
  [[nodiscard]] int measured() const { return measured_; }

 private:
  Stage stage_;
  std::atomic<int> runs_{0};
  std::atomic<int> measured_{0};
};

class StageRuns : public testing::Test {
 protected:
  /// The image through the cache; checks it against the pipeline run plainly.
  std::vector<StepTiming> go(const std::vector<StageUse>& uses, bool image_wanted = true) {
    const Pipeline pipeline("p", "", uses);
    StageRun run(
        pipeline, test::content_of(page_),
        [&] {
          ++loads_;
          return page_;
        },
        cache_);
    const ContentHash content = run.content();
    if (image_wanted) {
      const Image& image = run.image();
      EXPECT_EQ(image_content(pixel_hash(image.gray), image), content);
      const Image again = run.image();
      EXPECT_TRUE(same_pixels(again.gray, image.gray));
    }
    return run.timings();
  }

  Image page_{scanned(60, 40, 3), {300, 300}};
  StageCache cache_{1'000'000, 1000};
  CountingStage a_{"a"};
  CountingStage b_{"b"};
  CountingStage c_{"c"};
  int loads_ = 0;
};

TEST_F(StageRuns, RunsEachStageOnceForTrialsThatBeginAlike) {
  for (const double last : {0, 10, 20, 30}) go({a_.at(20), b_.at(30), c_.at(last)});
  EXPECT_EQ(a_.runs(), 1);
  EXPECT_EQ(b_.runs(), 1);
  EXPECT_EQ(c_.runs(), 4);
  EXPECT_EQ(c_.measured(), 1);
  EXPECT_EQ(loads_, 1);
}

TEST_F(StageRuns, TheSizeOfACachedOutputTakesNoImage) {
  const Pipeline enlarging = parse_pipeline("[[stage]]\nuse=\"rescale\"\nfactor=2\n", "t");
  const auto size_of = [&](const Pipeline& pipeline) {
    StageRun run(
        pipeline, test::content_of(page_),
        [&] {
          ++loads_;
          return page_;
        },
        cache_);
    return run.size();
  };
  for (int i = 0; i < 2; ++i) EXPECT_EQ(size_of(enlarging), cv::Size(120, 80));
  EXPECT_EQ(loads_, 1);
  EXPECT_EQ(size_of(Pipeline("p", "", {})), cv::Size(60, 40));
  EXPECT_EQ(loads_, 1);
}

TEST_F(StageRuns, LettersAreMeasuredOnceForTheOcrSettings) {
  const auto run_of = [&](const Pipeline& pipeline) {
    return StageRun(
        pipeline, test::content_of(page_), [&] { return page_; }, cache_);
  };
  std::vector<OcrUse> ocr{ocr_use(*find_ocr_parameter("thresholding"))};
  ocr[0].value = 1;
  page_.gray = test::rendered("naxos reverence consumers");
  const Pipeline pipeline("p", "", {a_.at(20)}, {}, ocr);
  const OcrSettings expected = pipeline.ocr_settings(pipeline.run(page_));
  EXPECT_GT(expected.window, 7);
  for (const bool known : {false, true}) {
    StageRun run = run_of(pipeline);
    EXPECT_EQ(run.ocr_settings(), expected);
    EXPECT_EQ(run.timings().back().name, "x_height");
    EXPECT_EQ(run.timings().back().cached, known);
  }
  const Pipeline without("p", "", {a_.at(20)});
  StageRun run = run_of(without);
  EXPECT_EQ(run.ocr_settings(), OcrSettings{});
  EXPECT_EQ(run.timings().back().name, "a");
}

TEST_F(StageRuns, ValuesThatSettleAlikeAreOne) {
  go({a_.at(20), b_.at(31)});
  const auto steps = go({a_.at(29), b_.at(35)}, false);
  EXPECT_EQ(a_.runs() + b_.runs(), 2);
  ASSERT_EQ(steps.size(), 3U);
  EXPECT_EQ(steps[0].name, "load");
  EXPECT_EQ(steps[1].name, "a");
  for (const StepTiming& step : steps) EXPECT_TRUE(step.cached) << step.name;
}

TEST_F(StageRuns, ATailIsWhatIsLeftToDoByStagesThatMayBeInIt) {
  const auto tail_of = [&](const std::vector<StageUse>& uses, const std::string& may_be_in) {
    const Pipeline pipeline("p", "", uses);
    StageRun run(
        pipeline, test::content_of(page_), [&] { return page_; }, cache_);
    StageRun::Tail tail = run.tail(
        [&](const Stage& stage) { return may_be_in.find(stage.name) != std::string::npos; });
    Image image = tail.input;
    for (const auto& [stage, resolved] : tail.steps) image = run_stage(*stage, image, resolved);
    EXPECT_TRUE(same_pixels(image.gray, run.image().gray));
    std::string names;
    for (const auto& [stage, resolved] : tail.steps) names += stage->name;
    return names;
  };
  const CountingStage d("d", false);
  const CountingStage e("e", false);
  EXPECT_EQ(tail_of({d.at(20), e.at(30)}, ""), "");
  EXPECT_EQ(tail_of({d.at(30), e.at(40)}, "e"), "e");
  EXPECT_EQ(tail_of({d.at(40), e.at(50)}, "de"), "de");
  EXPECT_EQ(tail_of({d.at(50), e.at(60)}, "d"), "") << "the last one may not";
  // What measures its input has to have it as a whole.
  EXPECT_EQ(tail_of({d.at(60), a_.at(70), e.at(10)}, "dea"), "ae");
  // Kept, as something that is off comes after it.
  EXPECT_EQ(tail_of({d.at(70), e.at(80), a_.at(0, false)}, ""), "");
  EXPECT_EQ(tail_of({d.at(70), e.at(80), a_.at(0, false)}, "de"), "");
}

TEST_F(StageRuns, TrialsComeTogetherWhereTheirImagesDo) {
  page_.gray.setTo(250);  // so bright that adding 20 or 60 gives the same
  go({a_.at(20), b_.at(30), c_.at(10)});
  const auto steps = go({a_.at(60), b_.at(30), c_.at(10)}, false);
  EXPECT_EQ(a_.runs(), 2);
  EXPECT_EQ(b_.runs(), 1);
  EXPECT_EQ(c_.runs(), 1);
  EXPECT_FALSE(steps[1].cached);
  EXPECT_TRUE(steps[2].cached);
  EXPECT_TRUE(steps[3].cached);
}

TEST_F(StageRuns, WhatIsDifferentIsDone) {
  go({a_.at(20), b_.at(30)});
  go({b_.at(30), a_.at(20)});
  go({a_.at(20), b_.at(30, false)});
  go({a_.at(10), b_.at(30)});
  EXPECT_EQ(a_.runs(), 3);
  EXPECT_EQ(b_.runs(), 3);
  page_.dpi.x = 200;
  go({a_.at(20)});
  EXPECT_EQ(a_.runs(), 4);
}

TEST_F(StageRuns, WithoutRoomEverythingIsDoneAgain) {
  StageCache none(0, 0);
  for (int round = 1; round <= 2; ++round) {
    const Pipeline pipeline("p", "", {a_.at(20), b_.at(30)});
    StageRun run(
        pipeline, test::content_of(page_), [&] { return page_; }, none);
    Image expected{page_.gray + 50, page_.dpi};
    EXPECT_TRUE(same_pixels(run.image().gray, expected.gray));
    EXPECT_EQ(a_.runs(), round);
    EXPECT_EQ(b_.runs(), round);
  }
}

TEST_F(StageRuns, AnEmptyPipelineIsThePage) {
  const auto steps = go({});
  EXPECT_EQ(steps.size(), 1U);
  EXPECT_FALSE(steps[0].cached);
  EXPECT_TRUE(go({}, false)[0].cached);
}

TEST_F(StageRuns, AStageThatFailsLeavesNothingBehind) {
  bool fails = true;
  const Stage moody{.name = "moody",
                    .summary = "",
                    .cites = {},
                    .parameters = {},
                    .run = [&](const Image& in, const Values&) -> Image {
                      if (fails) throw std::bad_alloc();
                      return in;
                    }};
  const std::vector<StageUse> uses{a_.at(10), {.stage = &moody}, b_.at(10)};
  test::error_of(Errc::limit_reached, [&] { go(uses); });
  fails = false;
  EXPECT_FALSE(go(uses)[2].cached);
  EXPECT_EQ(a_.runs(), 1);
}

TEST_F(StageRuns, ThreadsShareTheWork) {
  const Pipeline pipeline("p", "", {a_.at(20), b_.at(30), c_.at(40)});
  std::vector<cv::Mat> images(8);
  {
    std::vector<std::jthread> threads;
    for (cv::Mat& image : images) {
      threads.emplace_back([&] {
        StageRun run(
            pipeline, test::content_of(page_), [&] { return page_; }, cache_);
        image = run.image().gray;
      });
    }
  }
  for (const cv::Mat& image : images) EXPECT_TRUE(same_pixels(image, images[0]));
  EXPECT_EQ(a_.runs(), 1);
  EXPECT_EQ(b_.runs(), 1);
}

TEST_F(StageRuns, WhoWaitsToKnowWhatAStageGivesDoesNotRunIt) {
  std::atomic<int> runs{0};
  std::atomic<int> loads{0};
  const Stage slow{.name = "slow",
                   .summary = "",
                   .cites = {},
                   .parameters = {},
                   .run = [&](const Image& in, const Values&) {
                     ++runs;
                     // Until the other thread has the page, and some time to come for its turn.
                     while (loads < 2) std::this_thread::yield();
                     std::this_thread::sleep_for(std::chrono::milliseconds(20));
                     return in;
                   }};
  const Pipeline pipeline("p", "", {{.stage = &slow}});
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 2; ++i) {
      threads.emplace_back([&] {
        StageRun run(
            pipeline, test::content_of(page_),
            [&] {
              ++loads;
              while (loads < 2) std::this_thread::yield();
              return page_;
            },
            cache_);
        EXPECT_EQ(run.content(), test::content_of(page_).gray);
      });
    }
  }
  EXPECT_EQ(runs, 1);
}

}  // namespace
}  // namespace ocrtune
