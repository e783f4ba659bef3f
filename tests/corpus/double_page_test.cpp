#include "ocrtune/corpus/double_page.h"

#include <gtest/gtest.h>

#include <cmath>
#include <opencv2/imgproc.hpp>
#include <random>

#include "ocrtune/base/files.h"
#include "ocrtune/corpus/open_page_file.h"
#include "ocrtune/image/image.h"
#include "support/encoded.h"
#include "support/temp_folder.h"

namespace ocrtune {
namespace {

/// Lines of words, drawn as small bars as dense as print.
void print_block(cv::Mat& page, const cv::Rect& block, std::uint32_t seed) {
  std::mt19937 random(seed);
  const int height = page.rows / 60;
  for (int y = block.y; y + height < block.br().y; y += 2 * height) {
    for (int x = block.x; x < block.br().x;) {
      const int word = height * (2 + static_cast<int>(random() % 4));
      for (int letter = x; letter < std::min(x + word, block.br().x); letter += height / 2)
        cv::rectangle(page, cv::Rect(letter, y, std::max(1, height / 5), height), 40, cv::FILLED);
      x += word + height;
    }
  }
}

/// An open book; `margin`: of each page towards the fold, as a share of the image's width.
cv::Mat open_book(int width, int height, double margin, std::uint32_t seed, bool left = true,
                  bool right = true) {
  cv::Mat page(height, width, CV_8UC1, cv::Scalar(235));
  const int middle = width / 2;
  const auto aside = static_cast<int>(margin * width);
  const int top = height / 10;
  const int outer = width / 20;
  if (left) print_block(page, {outer, top, middle - aside - outer, 8 * top}, seed);
  if (right) print_block(page, {middle + aside, top, middle - aside - outer, 8 * top}, seed + 1);
  return page;
}

void shade_fold(cv::Mat& page, int at, double depth) {
  for (int x = 0; x < page.cols; ++x) {
    const double far = (x - at) / (0.02 * page.cols);
    page.col(x) -= depth * std::exp(-far * far);
  }
}

TEST(DoublePage, WithoutAFoldIsDividedInTheMiddleOfTheInnerMargins) {
  for (const int width : {900, 2400, 5000}) {
    const auto gutter = gutter_of(open_book(width, 2 * width / 3, 0.04, 1));
    ASSERT_TRUE(gutter) << width;
    EXPECT_NEAR(*gutter, width / 2.0, 0.02 * width);
  }
}

TEST(DoublePage, IsDividedAtTheFold) {
  cv::Mat page = open_book(2400, 1600, 0.03, 2);
  shade_fold(page, 1180, 60);
  const auto gutter = gutter_of(page);
  ASSERT_TRUE(gutter);
  EXPECT_NEAR(*gutter, 1180, 8);
}

TEST(DoublePage, AFoldMayBeALine) {
  cv::Mat page = open_book(2400, 1600, 0.03, 3);
  cv::line(page, {1205, 0}, {1205, 1599}, 60, 3);
  const auto gutter = gutter_of(page);
  ASSERT_TRUE(gutter);
  EXPECT_NEAR(*gutter, 1205, 40);
}

TEST(DoublePage, OneOfItsPagesMayBeBlank) {
  for (const bool left : {true, false}) {
    cv::Mat page = open_book(2400, 1600, 0.04, 4, left, !left);
    shade_fold(page, 1200, 50);
    const auto gutter = gutter_of(page);
    ASSERT_TRUE(gutter);
    EXPECT_NEAR(*gutter, 1200, 30);
  }
}

TEST(DoublePage, OtherPagesAreNotDivided) {
  EXPECT_FALSE(gutter_of(open_book(1600, 2400, 0.04, 5))) << "higher than wide";
  EXPECT_FALSE(gutter_of(open_book(2400, 1600, 0.01, 6))) << "columns of one page";
  EXPECT_FALSE(gutter_of(cv::Mat(1600, 2400, CV_8UC1, cv::Scalar(235)))) << "blank";
  cv::Mat whole(1600, 2400, CV_8UC1, cv::Scalar(235));
  print_block(whole, {120, 160, 2160, 1280}, 7);
  EXPECT_FALSE(gutter_of(whole)) << "one block";
  cv::Mat headed = open_book(2400, 1600, 0.04, 8);
  cv::putText(headed, "A heading across the columns", {500, 120}, cv::FONT_HERSHEY_SIMPLEX, 3, 20,
              8);
  EXPECT_FALSE(gutter_of(headed)) << "a heading across";
}

TEST(DoublePage, AnySizeCanBeLookedAt) {
  for (const int width : {1, 2, 50, 999, 1001, 20000}) {
    for (const int height : {1, 2, 99, 100, 101}) {
      cv::Mat page(height, width, CV_8UC1);
      cv::randu(page, 0, 256);
      const auto gutter = gutter_of(page);
      EXPECT_TRUE(!gutter || (*gutter > 0 && *gutter < width));
    }
  }
}

TEST(DoublePage, IsDividedIfItsEditsStateLanguagesAlone) {
  const test::TempFolder folder;
  const auto file = folder.write("book.png", test::encoded(open_book(900, 600, 0.04, 1), ".png"));
  const std::vector<std::byte> bytes = read_bytes(file, 10'000'000);
  DecodeLimits limits;
  limits.split_double_pages = true;
  const auto open = [&] { return open_page_file(file, bytes, limits); };
  ASSERT_EQ(open()->page_count(), 2);
  folder.write("book.png.edit.toml", "[[page]]\nlang = 'fra'\n");
  ASSERT_EQ(open()->page_count(), 2);
  EXPECT_EQ(open()->origin(1), (PageOrigin{0, 1, "fra"}));
  folder.write("book.png.edit.toml", "[[page]]\nrotate = 90\n");
  EXPECT_EQ(open()->page_count(), 1);
}

}  // namespace
}  // namespace ocrtune
