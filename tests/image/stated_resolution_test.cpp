#include "ocrtune/image/stated_resolution.h"

#include <gtest/gtest.h>

namespace ocrtune {
namespace {

void expect_resolution(const Resolution& written, const Resolution& expected) {
  const Resolution stated = stated_resolution(written);
  EXPECT_EQ(stated.x, expected.x) << written.x << " " << written.y;
  EXPECT_EQ(stated.y, expected.y) << written.x << " " << written.y;
}

TEST(StatedResolution, WhatProgramsWriteWithoutKnowingIsNone) {
  for (const double dpi : {0.0, -300.0, 1.0, 72.0, 72.009, 71.996, 9999.0, 1e300}) {
    expect_resolution({dpi, dpi}, {});
    expect_resolution({300, dpi}, {});
    expect_resolution({dpi, 300}, {});
  }
}

TEST(StatedResolution, OfScannersAndScreensIsTaken) {
  for (const double dpi : {30.0, 70.0, 96.0, 150.0, 299.9994, 2400.0, 4800.0})
    expect_resolution({dpi, dpi}, {dpi, dpi});
  expect_resolution({204, 98}, {204, 98});
}

}  // namespace
}  // namespace ocrtune
