#include "ocrtune/stages/run_stage.h"

#include <gtest/gtest.h>

#include <new>

#include "ocrtune/base/memory_shortage.h"
#include "support/errors.h"

namespace ocrtune {
namespace {

/// A stage that gets no memory the first `times`.
Stage lacking(int times) {
  Stage stage;
  stage.name = "lacking";
  stage.run = [times](const Image& in, const Values&) mutable {
    if (times-- > 0) throw std::bad_alloc();
    return in;
  };
  return stage;
}

TEST(RunStage, TriesOnceMoreWhatALackOfMemoryStopped) {
  const Image page{cv::Mat(3, 2, CV_8UC1, cv::Scalar(9)), {}};
  EXPECT_EQ(run_stage(lacking(1), page, {}).gray.rows, 3);
  EXPECT_EQ(test::error_of(Errc::limit_reached, [&] { run_stage(lacking(2), page, {}); }),
            "stage lacking: out of memory");
  EXPECT_TRUE(memory_ran_out());
}

}  // namespace
}  // namespace ocrtune
