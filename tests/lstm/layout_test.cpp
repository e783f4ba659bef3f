#include "ocrtune/ocr/layout/layout.h"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "support/images.h"

namespace ocrtune::layout {
namespace {

const OcrSettings kBlock{.psm = 6};

/// Black where `gray` is dark.
PixPtr binary_of(const cv::Mat& gray) {
  PixPtr pix(pixCreate(gray.cols, gray.rows, 1));
  for (int y = 0; y < gray.rows; ++y)
    for (int x = 0; x < gray.cols; ++x)
      if (gray.at<uchar>(y, x) < 128) pixSetPixel(pix.get(), x, y, 1);
  return pix;
}

cv::Mat lines_of_text() {
  cv::Mat page(400, 900, CV_8UC1, cv::Scalar(255));
  const auto write = [&](const char* text, int x, int y) {
    cv::putText(page, text, {x, y}, cv::FONT_HERSHEY_SIMPLEX, 1, 0, 2, cv::LINE_AA);
  };
  write("The quick brown fox", 40, 80);
  write("jumps over", 40, 160);
  write("12.50", 700, 160);
  write("the lazy dog", 40, 240);
  return page;
}

TEST(Layout, UnitsAreRowsWhileWordsStandClose) {
  LayoutFinder finder({});
  const PageLayout layout = finder.find(binary_of(lines_of_text()).get(), kBlock);
  EXPECT_FALSE(layout.needs_stock);
  EXPECT_EQ(layout.width, 900);
  EXPECT_EQ(layout.height, 400);
  ASSERT_EQ(layout.units.size(), 4U);
  std::vector<int> rows;
  for (const Unit& unit : layout.units) {
    rows.push_back(unit.row);
    EXPECT_TRUE(unit.sure);
    EXPECT_FALSE(unit.picture);
    EXPECT_FALSE(unit.blobs.empty());
    EXPECT_EQ(unit.crop.left, unit.box.left - 4);
    EXPECT_EQ(unit.crop.right, unit.box.right + 4);
    EXPECT_LE(unit.crop.bottom, unit.box.bottom - 4);
    EXPECT_GE(unit.crop.top, unit.box.top + 4);
    for (const Box& blob : unit.blobs) EXPECT_TRUE(unit.box.holds(blob));
    for (const Box& part : unit.parts) EXPECT_TRUE(unit.box.holds(part));
  }
  EXPECT_EQ(rows, (std::vector{0, 1, 1, 2}));
  EXPECT_EQ(layout.units[0].parts.size(), 4U);
}

TEST(Layout, SamePageSameLayoutWhateverWasBefore) {
  LayoutFinder finder({});
  const PixPtr page = binary_of(lines_of_text());
  const PageLayout first = finder.find(page.get(), kBlock);
  finder.find(binary_of(test::scanned(500, 300, 4)).get(), kBlock);
  finder.find(binary_of(cv::Mat(30, 30, CV_8UC1, cv::Scalar(255))).get(), kBlock);
  const PageLayout again = finder.find(page.get(), kBlock);
  ASSERT_EQ(first.units.size(), again.units.size());
  for (std::size_t u = 0; u < first.units.size(); ++u) {
    EXPECT_EQ(first.units[u].crop, again.units[u].crop);
    EXPECT_EQ(first.units[u].blobs, again.units[u].blobs);
  }
}

/// Marks at the page's edges leave no padding to probe in; narrow ones hardly any columns.
TEST(Layout, CropsAreSureAtThePagesEdgesToo) {
  LayoutFinder finder({});
  cv::Mat page = lines_of_text();
  for (int y = 40; y < 400; y += 60) cv::rectangle(page, {0, y}, {1, y + 30}, cv::Scalar(0), -1);
  cv::rectangle(page, {898, 60}, {899, 95}, cv::Scalar(0), -1);
  cv::putText(page, "from edge to edge to edge to edge to edge to", {-6, 330},
              cv::FONT_HERSHEY_SIMPLEX, 1.25, 0, 2, cv::LINE_AA);
  const PageLayout layout = finder.find(binary_of(page).get(), kBlock);
  EXPECT_FALSE(layout.needs_stock);
  ASSERT_GT(layout.units.size(), 6U);
  for (const Unit& unit : layout.units) {
    // Narrower than three columns of a network 36 px high, nothing is read.
    if (unit.crop.width() * 36 < 3 * unit.crop.height()) continue;
    EXPECT_TRUE(unit.sure) << unit.box.left << ' ' << unit.box.bottom;
  }
}

TEST(Layout, EmptyPagesHaveNoUnits) {
  LayoutFinder finder({});
  for (const int size : {1, 8, 200}) {
    const cv::Mat white(size, size, CV_8UC1, cv::Scalar(255));
    EXPECT_TRUE(finder.find(binary_of(white).get(), kBlock).units.empty()) << size;
  }
}

TEST(Layout, WholePageIsReadAsAWord) {
  LayoutFinder finder({});
  const cv::Mat gray = test::rendered("WORD");
  const PageLayout layout = finder.find(binary_of(gray).get(), {.psm = 8});
  ASSERT_EQ(layout.units.size(), 1U);
  EXPECT_EQ(layout.units[0].crop, (Box{.right = gray.cols, .top = gray.rows}));
}

TEST(Layout, TurnedTextIsLeftToTesseract) {
  LayoutFinder finder({});
  cv::Mat turned;
  cv::rotate(lines_of_text(), turned, cv::ROTATE_90_CLOCKWISE);
  EXPECT_TRUE(finder.find(binary_of(turned).get(), {.psm = 5}).needs_stock);
}

}  // namespace
}  // namespace ocrtune::layout
