#include "ocrtune/ocr/layout/layout.h"

#include <gtest/gtest.h>
#include <tesseract/baseapi.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <opencv2/imgproc.hpp>
#include <string>
#include <tuple>
#include <vector>

#include "ocrtune/ocr/layout/prober.h"
#include "ocrtune/ocr/layout/row_geometry.h"
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

cv::Mat turned_by(const cv::Mat& page, double degrees) {
  const cv::Point2f middle(static_cast<float>(page.cols) / 2, static_cast<float>(page.rows) / 2);
  cv::Mat turned;
  cv::warpAffine(page, turned, cv::getRotationMatrix2D(middle, degrees, 1), page.size(),
                 cv::INTER_LINEAR, cv::BORDER_CONSTANT, cv::Scalar(255));
  return turned;
}

/// Lines that bend like those of an open book.
cv::Mat bent(const cv::Mat& page) {
  cv::Mat out(page.size(), page.type(), cv::Scalar(255));
  for (int x = 0; x < page.cols; ++x) {
    const int down = static_cast<int>(12 * std::sin(x * 0.006));
    for (int y = std::max(0, down); y < std::min(page.rows, page.rows + down); ++y)
      out.at<uchar>(y, x) = page.at<uchar>(y - down, x);
  }
  return out;
}

/// Letters of one width, which Tesseract looks for.
cv::Mat typewritten() {
  cv::Mat page(300, 900, CV_8UC1, cv::Scalar(255));
  int y = 60;
  for (const std::string line :
       {"The quick brown fox jumps", "over  the lazy dog", "12.50    3.75    16.25"}) {
    for (std::size_t i = 0; i < line.size(); ++i)
      cv::putText(page, line.substr(i, 1), {30 + 26 * static_cast<int>(i), y},
                  cv::FONT_HERSHEY_SIMPLEX, 1, 0, 2, cv::LINE_AA);
    y += 70;
  }
  return page;
}

std::vector<cv::Mat> pages_to_compare() {
  std::vector<cv::Mat> pages = {lines_of_text(), bent(lines_of_text()), typewritten(),
                                test::scanned(500, 300, 4), test::rendered("WORD")};
  for (const double degrees : {-2.5, -0.7, -0.1, 0.2, 1.3}) {
    pages.push_back(turned_by(lines_of_text(), degrees));
  }
  for (const double factor : {0.37, 0.61, 1.43}) {
    cv::resize(lines_of_text(), pages.emplace_back(), {}, factor, factor, cv::INTER_AREA);
  }
  cv::Mat speckled = lines_of_text();
  for (int i = 0; i < 400; ++i) speckled.at<uchar>(i * 157 % 400, i * 373 % 900) = 0;
  pages.push_back(speckled);
  return pages;
}

void expect_same_layout(const PageLayout& one, const PageLayout& other) {
  EXPECT_EQ(one.needs_stock, other.needs_stock);
  ASSERT_EQ(one.units.size(), other.units.size());
  for (std::size_t u = 0; u < one.units.size(); ++u) {
    const Unit& a = one.units[u];
    const Unit& b = other.units[u];
    EXPECT_TRUE(a.crop == b.crop || !a.sure || !b.sure) << "unit " << u;
    EXPECT_EQ(a.box, b.box) << "unit " << u;
    EXPECT_EQ(a.blobs, b.blobs) << "unit " << u;
    EXPECT_EQ(a.parts, b.parts) << "unit " << u;
    EXPECT_EQ(std::tie(a.block, a.paragraph, a.row, a.picture),
              std::tie(b.block, b.paragraph, b.row, b.picture))
        << "unit " << u;
    EXPECT_TRUE(a.sure || !b.sure) << "unit " << u;
  }
}

TEST(Layout, ShortcutsChangeNothing) {
  LayoutFinder with({});
  LayoutFinder without({}, {}, Shortcuts::off);
  const std::vector<cv::Mat> pages = pages_to_compare();
  for (const int psm : {6, 3, 4, 7, 8, 11}) {
    for (std::size_t i = 0; i < pages.size(); ++i) {
      SCOPED_TRACE("page " + std::to_string(i) + ", psm " + std::to_string(psm));
      const PixPtr page = binary_of(pages[i]);
      expect_same_layout(with.find(page.get(), {.psm = psm}),
                         without.find(page.get(), {.psm = psm}));
    }
  }
}

/// If not, pages are read in half the speed: Tesseract does not call our function (README.md).
TEST(Layout, BaselinesOfRowsAreKnown) {
  const std::unique_ptr<Prober> prober = open_prober({}, kCoarseSight);
  tesseract::TessBaseAPI& api = prober->api;
  api.SetPageSegMode(tesseract::PSM_SINGLE_BLOCK);
  const cv::Mat page = turned_by(lines_of_text(), 0.7);
  const PixPtr pix = binary_of(page);
  api.SetImage(pix.get());
  const std::unique_ptr<tesseract::PageIterator> it(api.AnalyseLayout());
  ASSERT_TRUE(it);
  int words = 0;
  do {
    const auto row = RowGeometry::of(*it);
    ASSERT_TRUE(row);
    int x1 = 0;
    int y1 = 0;
    int x2 = 0;
    int y2 = 0;
    it->Baseline(tesseract::RIL_WORD, &x1, &y1, &x2, &y2);
    EXPECT_EQ(page.rows - std::lround(row->baseline(x1)), y1);
    EXPECT_EQ(page.rows - std::lround(row->baseline(x2)), y2);
    EXPECT_GT(row->baseline(x2), row->baseline(x1));
    ++words;
  } while (it->Next(tesseract::RIL_WORD));
  EXPECT_GE(words, 8);
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
