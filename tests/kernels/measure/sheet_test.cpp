#include "ocrtune/kernels/measure/sheet.h"

#include <gtest/gtest.h>

#include <cmath>
#include <opencv2/imgproc.hpp>

#include "support/images.h"
#include "support/letters_pages.h"

namespace ocrtune {
namespace {

cv::Mat on_table(const Corners& corners, cv::Size size, int ground) {
  const cv::Mat page = test::prose();
  const std::array<cv::Point2f, 4> from{{{0, 0}, {900, 0}, {900, 600}, {0, 600}}};
  const std::array<cv::Point2f, 4> to{corners[0], corners[1], corners[2], corners[3]};
  return test::seen_through(page, cv::getPerspectiveTransform(from.data(), to.data()), size,
                            ground);
}

const Corners kAside{{{140, 90}, {1010, 150}, {1110, 840}, {60, 760}}};

TEST(SheetCorners, AreFoundToAPixelOrTwo) {
  const std::array<Corners, 3> sheets{kAside,
                                      Corners{{{200, 60}, {1000, 60}, {1000, 700}, {200, 700}}},
                                      Corners{{{300, 80}, {1080, 260}, {900, 800}, {100, 640}}}};
  for (const Corners& sheet : sheets) {
    const auto found = sheet_corners(on_table(sheet, {1200, 900}, 80));
    ASSERT_TRUE(found);
    for (std::size_t i = 0; i < 4; ++i) {
      EXPECT_NEAR(found->at(i).x, sheet.at(i).x, 2) << i;
      EXPECT_NEAR(found->at(i).y, sheet.at(i).y, 2) << i;
    }
    EXPECT_NEAR(area_of(*found) / area_of(sheet), 1, 0.01);
  }
}

TEST(SheetCorners, AreNoneWhereItIsNotSure) {
  // Little contrast.
  EXPECT_FALSE(sheet_corners(on_table(kAside, {1200, 900}, 215)));
  // Cut off by the photograph's edge.
  EXPECT_FALSE(sheet_corners(on_table(kAside, {1050, 900}, 80)));
  EXPECT_FALSE(sheet_corners(test::prose()));
  EXPECT_FALSE(sheet_corners(test::noise(300, 200, 1)));
  // A round sheet, and one with a large piece missing.
  cv::Mat page(600, 800, CV_8UC1, cv::Scalar(60));
  cv::circle(page, {400, 300}, 220, 220, cv::FILLED);
  EXPECT_FALSE(sheet_corners(page));
  page.setTo(60);
  page(cv::Rect(100, 100, 600, 400)).setTo(220);
  EXPECT_TRUE(sheet_corners(page));
  page(cv::Rect(350, 100, 160, 220)).setTo(60);
  EXPECT_FALSE(sheet_corners(page));
}

TEST(SheetCorners, RefusesWhatIsNoGrayPage) {
  EXPECT_THROW((void)sheet_corners({}), cv::Exception);
  EXPECT_THROW((void)sheet_corners(cv::Mat(90, 90, CV_8UC3)), cv::Exception);
}

}  // namespace
}  // namespace ocrtune
