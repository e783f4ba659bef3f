#include "pages/page_set.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <set>

#include "pages/errors.h"

namespace ocrtune::examples {
namespace {

constexpr double small = 0.5;  // pages of half the size keep the tests fast
const int set_size = static_cast<int>(recipes().size());

cv::Mat decode(const Page& page) { return cv::imdecode(page.image, cv::IMREAD_UNCHANGED); }

/// Composed Latin text of this program: valid two- and three-byte sequences, no combining marks.
bool is_nfc(const std::string& text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const bool is_mark =
        byte == 0xcc || (byte == 0xcd && static_cast<unsigned char>(text[i + 1]) < 0xb0);
    if (is_mark) {
      return false;
    }
  }
  return true;
}

class EveryPage : public testing::TestWithParam<int> {
 protected:
  PageRequest request{.seed = 5, .index = GetParam(), .scale = small};
};

TEST_P(EveryPage, IsTheSameForTheSameSeed) {
  const Page first = make_page(request);
  const Page second = make_page(request);
  EXPECT_EQ(first.image, second.image);
  EXPECT_EQ(first.truth, second.truth);
}

TEST_P(EveryPage, IsAnotherForAnotherSeed) {
  PageRequest other = request;
  other.seed = 6;
  EXPECT_NE(make_page(request).image, make_page(other).image);
  EXPECT_NE(make_page(request).truth, make_page(other).truth);
}

TEST_P(EveryPage, IsAnotherWhenTheRecipeComesAgain) {
  PageRequest again = request;
  again.index += set_size;
  EXPECT_NE(make_page(request).truth, make_page(again).truth);
}

TEST_P(EveryPage, IsAsDescribed) {
  const Page page = make_page(request);
  const Page described = describe_page(request);
  EXPECT_EQ(page.file, described.file);
  EXPECT_EQ(page.degradation, described.degradation);
  EXPECT_TRUE(described.image.empty());
  const cv::Mat image = decode(page);
  ASSERT_FALSE(image.empty());
  EXPECT_EQ(image.type(), CV_8UC1);
  const double width_pt = page.layout == "receipt" ? 216 : 432;
  EXPECT_NEAR(image.cols, width_pt * page.dpi / 72, 1.01);
}

TEST_P(EveryPage, HasTruthInLinesOfPlainText) {
  const std::string truth = make_page(request).truth;
  ASSERT_FALSE(truth.empty());
  EXPECT_EQ(truth.back(), '\n');
  EXPECT_TRUE(is_nfc(truth));
  EXPECT_EQ(truth.find("\n\n"), std::string::npos);
  EXPECT_EQ(truth.find("  "), std::string::npos);
  EXPECT_EQ(truth.find(" \n"), std::string::npos);
  EXPECT_EQ(truth.find('~'), std::string::npos);
  EXPECT_EQ(truth.find("\u00a0"), std::string::npos);
  EXPECT_GE(std::count(truth.begin(), truth.end(), '\n'), 10);
}

TEST_P(EveryPage, HasTheSameTextAtEveryScale) {
  PageRequest large = request;
  large.scale = 1.0;
  const std::string at_half = make_page(request).truth;
  const std::string at_full = make_page(large).truth;
  EXPECT_EQ(at_half, at_full);
}

INSTANTIATE_TEST_SUITE_P(All, EveryPage, testing::Range(0, set_size));

class EveryLayout : public testing::TestWithParam<Layout> {};

TEST_P(EveryLayout, HasTextForEveryOrdinal) {
  for (const Language language : {Language::english, Language::french}) {
    for (int ordinal = 0; ordinal < 24; ++ordinal) {
      const LayoutJob job{.language = language, .dpi = 60, .ordinal = ordinal};
      Random random(static_cast<std::uint64_t>(ordinal));
      const Typeset page = GetParam().typeset(job, random);
      EXPECT_GE(page.rows.size(), 10U);
      for (const std::string& row : page.rows) {
        EXPECT_FALSE(row.empty());
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(All, EveryLayout, testing::Values(prose, form, table, receipt),
                         [](const auto& each) { return std::string(each.param.name); });

/// Bands of rows with ink, where rules (long unbroken runs) do not count.
int count_bands(const cv::Mat& gray) {
  cv::Mat ink = gray < 160;
  cv::Mat rules;
  for (const cv::Size run : {cv::Size(80, 1), cv::Size(1, 80)}) {
    cv::morphologyEx(gray < 160, rules, cv::MORPH_OPEN,
                     cv::getStructuringElement(cv::MORPH_RECT, run));
    cv::dilate(rules, rules, cv::Mat::ones(5, 5, CV_8UC1));
    ink.setTo(cv::Scalar(0), rules);
  }
  int bands = 0;
  int height = 0;
  for (int y = 0; y < ink.rows; ++y) {
    const bool has_ink = cv::countNonZero(ink.row(y)) > 0;
    // Accents may stand apart above capitals: a band counts once it is as high as letters are.
    height = has_ink ? height + 1 : 0;
    bands += height == 9 ? 1 : 0;
  }
  return bands;
}

TEST(Layouts, DrawTheLinesThatTheTruthNames) {
  for (const Layout& layout : {prose, form, table, receipt}) {
    for (const Language language : {Language::english, Language::french}) {
      const LayoutJob job{.language = language, .size_pt = 9.5, .dpi = 200};
      Random random(2);
      const Typeset page = layout.typeset(job, random);
      EXPECT_EQ(count_bands(page.gray), static_cast<int>(page.rows.size()))
          << layout.name << " " << tesseract_code(language);
    }
  }
}

TEST(PageSet, HasDifferentNames) {
  std::set<std::string> names;
  for (int i = 0; i < 64; ++i) {
    names.insert(describe_page({.index = i}).stem);
  }
  EXPECT_EQ(names.size(), 64U);
  EXPECT_EQ(describe_page({.index = 0}).stem, "01-prose-eng-ruled");
}

TEST(PageSet, HasCleanPages) {
  int clean = 0;
  for (int i = 0; i < set_size; ++i) {
    clean += describe_page({.index = i}).degradation == "clean" ? 1 : 0;
  }
  EXPECT_GE(clean, 1);
}

TEST(PageSet, DoesNotDependOnTheOrderOfMaking) {
  const PageRequest third{.seed = 9, .index = 2, .scale = small};
  const Page alone = make_page(third);
  for (int i = 0; i < 2; ++i) {
    make_page({.seed = 9, .index = i, .scale = small});
  }
  EXPECT_EQ(make_page(third).image, alone.image);
}

TEST(PageSet, RejectsWhatIsOutOfRange) {
  EXPECT_THROW(make_page({.index = -1}), PagesError);
  EXPECT_THROW(make_page({.scale = 0}), PagesError);
  EXPECT_THROW(make_page({.scale = 9}), PagesError);
}

TEST(ImageFile, StatesItsResolution) {
  const cv::Mat gray(20, 30, CV_8UC1, cv::Scalar(200));
  const Bytes png = encode_png(gray, 254);
  const std::string text(png.begin(), png.end());
  const auto at = text.find("pHYs");
  ASSERT_NE(at, std::string::npos);
  EXPECT_EQ(text.substr(at + 4, 9), std::string("\0\0\x27\x10\0\0\x27\x10\1", 9));
  EXPECT_EQ(cv::norm(cv::imdecode(png, cv::IMREAD_UNCHANGED), gray, cv::NORM_INF), 0);

  const Bytes jpeg = encode_jpeg(gray, 90, 300);
  EXPECT_EQ(std::string(jpeg.begin() + 13, jpeg.begin() + 18), std::string("\1\x01\x2c\x01\x2c"));
  EXPECT_EQ(cv::imdecode(jpeg, cv::IMREAD_UNCHANGED).size(), gray.size());
}

TEST(ImageFile, IsWrittenWholeOrNotAtAll) {
  const std::filesystem::path folder = testing::TempDir() + "/ocrtune_pages";
  std::filesystem::remove_all(folder);
  const Bytes bytes{1, 2, 3};
  EXPECT_THROW(write_file(folder / "a.png", bytes), PagesError);
  std::filesystem::create_directories(folder / "taken");
  write_file(folder / "a.png", bytes);
  EXPECT_EQ(std::filesystem::file_size(folder / "a.png"), 3U);
  EXPECT_THROW(write_file(folder / "taken", bytes), PagesError);
  const auto files = std::distance(std::filesystem::directory_iterator(folder), {});
  EXPECT_EQ(files, 2);  // nothing temporary is left
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace ocrtune::examples
