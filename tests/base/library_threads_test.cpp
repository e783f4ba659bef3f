#include "ocrtune/base/library_threads.h"

#include <gtest/gtest.h>

#include <opencv2/core/utility.hpp>
#include <thread>

#include "support/openmp_region.h"

namespace ocrtune {
namespace {

TEST(SerialOpenMp, LeavesOneThreadToThisThreadsRegions) {
  if (test::openmp_threads(4) < 2) GTEST_SKIP() << "OMP_THREAD_LIMIT lets none begin";
  {
    const SerialOpenMp serial;
    EXPECT_EQ(test::openmp_threads(4), 1);
    {
      const SerialOpenMp inner;
      EXPECT_EQ(test::openmp_threads(4), 1);
    }
    EXPECT_EQ(test::openmp_threads(4), 1);
    int elsewhere = 0;
    std::thread([&] { elsewhere = test::openmp_threads(4); }).join();
    EXPECT_EQ(elsewhere, 4) << "others are left alone";
  }
  EXPECT_EQ(test::openmp_threads(4), 4) << "and so is this one, afterwards";
}

TEST(SerialOpenCv, GivesBackTheThreadsThatOpenCvHad) {
  const int usual = cv::getNumThreads();
  cv::setNumThreads(3);
  const int before = cv::getNumThreads();
  {
    const SerialOpenCv outer;
    EXPECT_EQ(cv::getNumThreads(), 1);
    { const SerialOpenCv inner; }
    EXPECT_EQ(cv::getNumThreads(), 1);
  }
  EXPECT_EQ(cv::getNumThreads(), before);
  cv::setNumThreads(usual);
}

}  // namespace
}  // namespace ocrtune
