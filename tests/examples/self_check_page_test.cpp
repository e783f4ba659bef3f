#include "pages/self_check_page.h"

#include <gtest/gtest.h>

#include "kept_pages.h"
#include "ocrtune/ocr/self_check.h"

namespace ocrtune::examples {
namespace {

TEST(SelfCheckPage, IsWhatIsBuiltIntoTheProgram) {
  const cv::Mat made = self_check_page();
  const Image built_in = ocrtune::self_check_page();
  ASSERT_EQ(made.size(), built_in.gray.size());
  if (!test::typesets_as_kept()) GTEST_SKIP() << test::typeset_otherwise();
  EXPECT_EQ(cv::norm(made, built_in.gray, cv::NORM_INF), 0);
}

}  // namespace
}  // namespace ocrtune::examples
