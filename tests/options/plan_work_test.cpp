#include <gtest/gtest.h>

#include "ocrtune/execution/memory.h"
#include "ocrtune/options/options.h"
#include "support/errors.h"

namespace ocrtune::workflow {
namespace {

TEST(PlanWork, RefusesMemoryInWhichAnEngineDoesNotFit) {
  const OcrOptions ppocr{.engine = "ppocr"};
  EXPECT_EQ(test::error_of(Errc::limit_reached,
                           [&] { plan_work({.jobs = 2, .memory = 300'000'000}, ppocr); }),
            "memory 300 MB: at least 640 MB is needed with PP-OCRv6");
  EXPECT_EQ(plan_work({.jobs = 2, .memory = 640'000'000}, ppocr).workers, 1);
  EXPECT_EQ(plan_work({.jobs = 2, .memory = 1'190'000'000}, ppocr).workers, 2);
  EXPECT_EQ(plan_work({.jobs = 2, .memory = 300'000'000}).workers, 2);
}

}  // namespace
}  // namespace ocrtune::workflow
