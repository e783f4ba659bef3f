// Pipelines on a device, through the evaluator's caches, and what becomes of pages where it fails.

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "execution/fake_device.h"
#include "ocrtune/execution/device_use.h"
#include "ocrtune/execution/stage_run.h"
#include "ocrtune/pipeline/pipeline_file.h"
#include "ocrtune/pipeline/presets.h"
#include "search/page_contents.h"
#include "support/images.h"

namespace ocrtune {
namespace {

using test::FakeDevice;
using test::Fate;
using test::same_pixels;

class DeviceRuns : public testing::Test {
 protected:
  /// The preset's image through the device, which is as without it.
  Image go(const Pipeline& pipeline) {
    StageRun run(
        pipeline, test::content_of(page_), [&] { return page_; }, cache_, {}, &device_);
    Image out = run.image();
    EXPECT_FALSE(out.held);
    EXPECT_TRUE(same_pixels(out.gray, pipeline.run(page_).gray));
    return out;
  }

  static Pipeline standard() { return load_pipeline("standard").at({}); }

  Fate fate_;
  DeviceUse device_{std::make_unique<FakeDevice>(fate_)};
  StageCache cache_{50'000'000, 1000, 50'000'000};
  Image page_{test::scanned(120, 90, 5), {300, 300}};
};

TEST_F(DeviceRuns, OnlyWhatIsReadComesBack) {
  go(standard());
  EXPECT_EQ(fate_.brought, 1);
}

TEST_F(DeviceRuns, WhatTheDeviceHoldsIsUsedAgain) {
  go(standard());
  const int first = fate_.asked;
  Pipeline other = standard();
  other.fix("bin_c", 20);
  go(other);
  // The last stage, and what it gives comes back.
  EXPECT_EQ(fate_.asked - first, 2);
}

TEST_F(DeviceRuns, StagesThatNoKernelIsForRunOnTheProcessors) {
  const Pipeline mixed = parse_pipeline(
      "[[stage]]\nuse = \"normalize_division\"\nkernel = 51\n[[stage]]\nuse = \"invert_dark\"\n",
      "t");
  go(mixed);
  EXPECT_EQ(fate_.brought, 1);
}

TEST_F(DeviceRuns, WhereverItFailsThePageIsDoneWithoutIt) {
  go(standard());
  const int whole = fate_.asked;
  for (int at = 0; at < whole; ++at) {
    SCOPED_TRACE(at);
    Fate fate;
    fate.fails_from = at;
    DeviceUse device(std::make_unique<FakeDevice>(fate));
    StageCache cache(50'000'000, 1000, 50'000'000);
    const Pipeline pipeline = standard();
    StageRun run(
        pipeline, test::content_of(page_), [&] { return page_; }, cache, {}, &device);
    EXPECT_TRUE(same_pixels(run.image().gray, pipeline.run(page_).gray));
    EXPECT_EQ(device.failures(), 1U);
    EXPECT_EQ(device.first_failure(), "it is gone");
  }
}

TEST_F(DeviceRuns, WhatALostDeviceHoldsIsMadeAgain) {
  go(standard());
  fate_.fails_from = fate_.asked.load();
  Pipeline other = standard();
  other.fix("bin_c", 20);
  go(other);
  EXPECT_EQ(device_.failures(), 1U);
}

TEST_F(DeviceRuns, ADeviceThatFailsOftenIsLeftAlone) {
  fate_.fails_from = 0;
  for (int round = 0; round < 12; ++round) {
    Pipeline other = standard();
    other.fix("bin_c", 10 + round);
    go(other);
  }
  EXPECT_EQ(device_.failures(), 8U);
  EXPECT_EQ(device_.backend(), nullptr);
  EXPECT_EQ(fate_.asked, 8);
}

TEST_F(DeviceRuns, ThreadsShareIt) {
  const Pipeline pipeline = standard();
  const cv::Mat expected = pipeline.run(page_).gray;
  std::vector<std::jthread> threads;
  std::atomic<int> equal{0};
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&, i] {
      Pipeline own = pipeline;
      if (i % 2 == 1) own.fix("line_h_size", 60);
      StageRun run(
          own, test::content_of(page_), [&] { return page_; }, cache_, {}, &device_);
      equal += same_pixels(run.image().gray, own.run(page_).gray) ? 1 : 0;
    });
  }
  threads.clear();
  EXPECT_EQ(equal, 4);
}

}  // namespace
}  // namespace ocrtune
