#include "ocrtune/execution/pages_at_work.h"

#include <gtest/gtest.h>

#include "ocrtune/base/translation.h"

namespace ocrtune {
namespace {

TEST(PagesProgress, HasRateAndTimeLeft) {
  double now = 100;
  const PagesProgress line([&] { return now; });
  now += 20;
  EXPECT_EQ(line(10, 40), "10/40 pages, 30.0 pages/min, 60 s left");
  now += 20;
  EXPECT_EQ(line(30, 40), "30/40 pages, 45.0 pages/min, 14 s left");
  EXPECT_EQ(line(40, 40), "40/40 pages, 60.0 pages/min");
}

TEST(PagesProgress, SaysForSlowPagesHowLongTheyTake) {
  double now = 0;
  const PagesProgress line([&] { return now; });
  now = 600;
  EXPECT_EQ(line(4, 1000), "4/1000 pages, 0.4 pages/min, 41 h 30 min left");
}

TEST(PagesProgress, HasNoRateBeforeTheFirstPages) {
  double now = 0;
  const PagesProgress line([&] { return now; });
  EXPECT_EQ(line(0, 40), "0/40 pages");
  now = 0.5;
  EXPECT_EQ(line(20, 40), "20/40 pages");
  now = 30;
  EXPECT_EQ(line(2, 40), "2/40 pages");
  EXPECT_EQ(line(3, 40), "3/40 pages, 6.0 pages/min, 6 min left");
  EXPECT_EQ(line(0, 0), "0/0 pages");
}

TEST(PagesProgress, IsInTheLanguageOfTheThread) {
  const LanguageScope french(Language::french);
  double now = 0;
  const PagesProgress line([&] { return now; });
  now = 20;
  EXPECT_EQ(line(11, 40), "11/40 pages, 33,0 pages/min, reste 53 s");
}

TEST(PagesProgress, OfACopyGoesOn) {
  double now = 0;
  const std::function<std::string(std::size_t, std::size_t)> line{
      PagesProgress([&] { return now; })};
  now = 60;
  EXPECT_EQ(line(30, 60), "30/60 pages, 30.0 pages/min, 60 s left");
}

TEST(PagesProgress, HasAClockOfItsOwn) { EXPECT_EQ(PagesProgress()(5, 40), "5/40 pages"); }

}  // namespace
}  // namespace ocrtune
