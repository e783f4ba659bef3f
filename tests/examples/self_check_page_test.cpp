#include "pages/self_check_page.h"

#include <gtest/gtest.h>

#include "ocrtune/ocr/self_check.h"

namespace ocrtune::examples {
namespace {

TEST(SelfCheckPage, IsWhatIsBuiltIntoTheProgram) {
  const cv::Mat made = self_check_page();
  const Image built_in = ocrtune::self_check_page();
  ASSERT_EQ(made.size(), built_in.gray.size());
  EXPECT_EQ(cv::norm(made, built_in.gray, cv::NORM_INF), 0);
}

}  // namespace
}  // namespace ocrtune::examples
