#include "ocrtune/preview/newest_view.h"

#include <gtest/gtest.h>

namespace ocrtune {
namespace {

TEST(NewestView, ANewerRequestEndsAnOlderOneOfTheSameView) {
  NewestView views;
  const auto other = views.begin("other");
  auto first = views.begin("main");
  EXPECT_FALSE(*first);
  const auto second = views.begin("main");
  EXPECT_TRUE(*first);
  EXPECT_FALSE(*second);
  EXPECT_FALSE(*other);
  first.reset();
  EXPECT_FALSE(*second);
}

TEST(NewestView, AnOlderOneStaysOverWhenTheNewerIsDone) {
  NewestView views;
  const auto first = views.begin("main");
  (void)views.begin("main");
  EXPECT_TRUE(*first);
  EXPECT_FALSE(*views.begin("main"));
}

}  // namespace
}  // namespace ocrtune
