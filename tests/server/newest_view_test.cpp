#include "ocrtune/server/newest_view.h"

#include <gtest/gtest.h>

#include <optional>

namespace ocrtune::server {
namespace {

TEST(NewestView, ANewerRequestEndsAnOlderOneOfTheSameView) {
  NewestView views;
  const NewestView::Turn other(views, "other");
  std::optional<NewestView::Turn> first;
  first.emplace(views, "main");
  EXPECT_FALSE(first->is_over());
  const NewestView::Turn second(views, "main");
  EXPECT_TRUE(first->is_over());
  EXPECT_FALSE(second.is_over());
  EXPECT_FALSE(other.is_over());
  first.reset();
  EXPECT_FALSE(second.is_over());
}

TEST(NewestView, AnOlderOneStaysOverWhenTheNewerIsDone) {
  NewestView views;
  const NewestView::Turn first(views, "main");
  { const NewestView::Turn second(views, "main"); }
  EXPECT_TRUE(first.is_over());
}

}  // namespace
}  // namespace ocrtune::server
