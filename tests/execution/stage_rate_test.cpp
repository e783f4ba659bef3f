#include "ocrtune/execution/stage_rate.h"

#include <gtest/gtest.h>

#include <memory>

#include "execution/fake_device.h"
#include "execution/small_corpus.h"
#include "ocrtune/pipeline/pipeline_file.h"
#include "ocrtune/pipeline/presets.h"

namespace ocrtune {
namespace {

using test::FakeDevice;
using test::Fate;
using test::SmallCorpus;

class StageRate : public testing::Test {
 protected:
  double rate(const Pipeline& pipeline, DeviceUse* device) {
    return stage_rate(pages_.corpus(), pipeline, device, 2, 0.05, stop_);
  }

  SmallCorpus pages_;
  Pipeline standard_ = load_pipeline("standard").at({});
  std::atomic<bool> stop_{false};
};

TEST_F(StageRate, ProcessorsAndDevicesHaveOne) {
  EXPECT_GT(rate(standard_, nullptr), 0);
  Fate fate;
  DeviceUse device(std::make_unique<FakeDevice>(fate));
  EXPECT_GT(rate(standard_, &device), 0);
  EXPECT_GT(fate.brought, 0);
}

TEST_F(StageRate, EachPageGoesThroughAllStages) {
  Fate fate;
  DeviceUse device(std::make_unique<FakeDevice>(fate));
  (void)rate(standard_, &device);
  // Brought there, noise measured, four stages, three contents, brought back: nothing is spared.
  EXPECT_GE(fate.asked, 7 * fate.brought);
}

TEST_F(StageRate, ADeviceThatFailsHasNone) {
  Fate fate;
  fate.fails_from = 20;
  DeviceUse device(std::make_unique<FakeDevice>(fate));
  EXPECT_EQ(rate(standard_, &device), 0);
}

TEST_F(StageRate, OneThatIsStoppedHasNone) {
  stop_ = true;
  EXPECT_EQ(rate(standard_, nullptr), 0);
}

TEST_F(StageRate, PagesThatAPipelineFailsOnCountAsWell) {
  const Pipeline enlarging =
      parse_pipeline("[[stage]]\nuse = \"rescale\"\nfactor = 4\n", "t").at({});
  EXPECT_GT(rate(enlarging, nullptr), 0);
}

}  // namespace
}  // namespace ocrtune
