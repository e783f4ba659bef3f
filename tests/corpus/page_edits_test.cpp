#include "ocrtune/corpus/page_edits.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <opencv2/imgproc.hpp>

#include "ocrtune/corpus/corpus.h"
#include "ocrtune/corpus/open_page_file.h"
#include "support/encoded.h"
#include "support/errors.h"
#include "support/images.h"
#include "support/temp_folder.h"

namespace ocrtune {
namespace {

using Corners = std::array<cv::Point2f, 4>;
using test::contains;
using test::encoded;
using test::noise;
using test::same_pixels;

std::string refusal(const std::string& toml) {
  return test::error_of(Errc::input_unreadable, [&] { (void)parse_page_edits(toml); });
}

Image image_of(int width, int height) {
  return {.gray = noise(width, height, 1), .dpi = {300, 200}};
}

TEST(PageEdits, AreReadByPage) {
  const auto edits = parse_page_edits(
      "[[page]]\nrotate = 270\ncrop = [1, 2, 30, 40]\n\n[[page]]\nnumber = 3\nexclude = true\n\n"
      "[[page]]\nnumber = 2\nsplit = 17\ncorners = [[0, 0], [9, 1], [10, 12], [0, 11]]\n");
  ASSERT_EQ(edits.size(), 3U);
  EXPECT_EQ(edits.at(0).turns, 3);
  EXPECT_EQ(edits.at(0).crop, cv::Rect(1, 2, 29, 38));
  EXPECT_FALSE(edits.at(0).exclude);
  EXPECT_EQ(edits.at(1).split, 17);
  EXPECT_EQ(edits.at(1).corners->at(2), cv::Point2f(10, 12));
  EXPECT_TRUE(edits.at(2).exclude);
  EXPECT_TRUE(parse_page_edits("").empty());
}

TEST(PageEdits, ThatAreInvalidAreRefusedWithTheirPlace) {
  EXPECT_TRUE(contains(refusal("[[page]\n"), "line 1: not TOML: "));
  std::string deep = "page";
  for (int i = 0; i < 45'000; ++i) deep += ".page";
  EXPECT_EQ(refusal(deep + " = 1"), "line 1: is nested more than 32 deep");
  EXPECT_EQ(refusal("\xff"), "is not UTF-8 text");
  EXPECT_TRUE(contains(refusal("rotate = 90"), "`rotate` is unknown"));
  EXPECT_TRUE(contains(refusal("page = 3"), "`page` is unknown"));
  EXPECT_TRUE(contains(refusal("[[page]]\nturn = 1"), "page 1: `turn` is unknown"));
  EXPECT_TRUE(contains(refusal("[[page]]\nnumber = 0"), "`number` must be a whole number from 1"));
  EXPECT_TRUE(contains(refusal("[[page]]\n[[page]]"), "page 1: is there twice"));
  for (const char* wrong :
       {"rotate = -1", "rotate = 360", "rotate = nan", "rotate = true", "rotate = '9'",
        "exclude = 1", "split = 0", "crop = [1, 2, 3]", "crop = [5, 0, 5, 9]",
        "crop = [-1, 0, 5, 9]", "crop = 3", "corners = [[0, 0], [9, 0], [9, 9]]",
        "corners = [[0, 0], [0, 9], [9, 9], [9, 0]]", "corners = [[0, 0], [9, 0], [1, 1], [0, 9]]",
        "corners = [[0, 0], [9, 0], [9], [0, 9]]",
        "corners = [[0, 0], [9, 0], [9, 40000], [0, 9]]"}) {
    EXPECT_TRUE(contains(refusal(std::string("[[page]]\n") + wrong), "page 1: `")) << wrong;
  }
}

TEST(PageEdits, StateALanguage) {
  const auto edits = parse_page_edits("[[page]]\nlang = \"fra+lat\"\n");
  EXPECT_EQ(edits.at(0).lang, "fra+lat");
  EXPECT_EQ(page_edits_text(edits), "[[page]]\nnumber = 1\nlang = \"fra+lat\"\n");
  EXPECT_FALSE(changes_pages(edits.at(0)));
  EXPECT_TRUE(changes_pages({.lang = "fra", .split = 9}));
  for (const char* wrong :
       {"''", "3", "'fra deu'", "'../fra'", "'a\"b'", "'/abs/fra'", "'auto+eng'"})
    EXPECT_TRUE(contains(refusal(std::string("[[page]]\nlang = ") + wrong), "page 1: `lang` must"))
        << wrong;
}

TEST(PageEdits, RotateThenCropThenSplit) {
  const Image page = image_of(40, 30);
  cv::Mat turned;
  cv::rotate(page.gray, turned, cv::ROTATE_90_CLOCKWISE);
  PageEdit edit{.turns = 1};
  const Image rotated = edited_page(page, edit, 0, {});
  EXPECT_TRUE(same_pixels(rotated.gray, turned));
  EXPECT_EQ(rotated.dpi.x, 200);
  edit.crop = cv::Rect(2, 3, 20, 30);
  edit.split = 8;
  EXPECT_TRUE(same_pixels(edited_page(page, edit, 0, {}).gray, turned(cv::Rect(2, 3, 8, 30))));
  EXPECT_TRUE(same_pixels(edited_page(page, edit, 1, {}).gray, turned(cv::Rect(10, 3, 12, 30))));
  Image coloured = page;
  cv::cvtColor(page.gray, coloured.colour, cv::COLOR_GRAY2BGR);
  EXPECT_EQ(edited_page(coloured, edit, 1, {}).colour.size(), cv::Size(12, 30));
}

TEST(PageEdits, RotateByAnyAngleOntoAPageThatAllOfItFitsOn) {
  const auto edit_of = [](double degrees) {
    PageEdit edit;
    set_rotation(edit, degrees);
    return edit;
  };
  for (const auto& [degrees, turns, angle] : {std::tuple(0.0, 0, 0.0),
                                              {90, 1, 0},
                                              {92.25, 1, 2.25},
                                              {358.5, 0, -1.5},
                                              {44.99, 0, 44.99},
                                              {45, 1, -45},
                                              {359.999, 0, 0}}) {
    EXPECT_EQ(edit_of(degrees).turns, turns) << degrees;
    EXPECT_DOUBLE_EQ(edit_of(degrees).angle, angle) << degrees;
  }
  EXPECT_DOUBLE_EQ(rotation_of(edit_of(358.5)), 358.5);
  EXPECT_EQ(parse_page_edits("[[page]]\nrotate = 358.5\n").at(0), edit_of(358.5));
  EXPECT_EQ(page_edits_text({{0, edit_of(358.5)}}), "[[page]]\nnumber = 1\nrotate = 358.5\n");

  // A dark line on lighter paper that falls by 3 degrees to the right.
  Image page{.gray = cv::Mat(300, 400, CV_8UC1, cv::Scalar(200)), .dpi = {300, 300}};
  cv::line(page.gray, {50, 100}, {350, 116}, cv::Scalar(0), 3);
  const Image level = edited_page(page, edit_of(357), 0, {});
  EXPECT_EQ(level.gray.size(), cv::Size(415, 321));
  cv::Mat rows;
  cv::reduce(level.gray, rows, 1, cv::REDUCE_AVG, CV_32F);
  double darkest = 0;
  cv::minMaxLoc(rows, &darkest);
  EXPECT_LT(darkest, 90);                           // all of the line in one row
  EXPECT_NEAR(level.gray.at<uchar>(0, 0), 200, 3);  // the new corners are paper
}

TEST(PageEdits, CornersMakeTheSheetThePage) {
  Image page{.gray = cv::Mat(200, 300, CV_8UC1, cv::Scalar(0))};
  const std::vector<cv::Point> sheet{{60, 20}, {250, 40}, {270, 180}, {40, 170}};
  cv::fillConvexPoly(page.gray, sheet, cv::Scalar(255));
  const PageEdit edit{.corners = Corners{cv::Point2f(60, 20), {250, 40}, {270, 180}, {40, 170}}};
  const Image straight = edited_page(page, edit, 0, {});
  EXPECT_NEAR(straight.gray.cols, 230, 2);
  EXPECT_NEAR(straight.gray.rows, 151, 2);
  EXPECT_GT(cv::mean(straight.gray)[0], 250);
}

TEST(PageEdits, OutsideThePageAreRefused) {
  const Image page = image_of(40, 30);
  const auto why = [&](const PageEdit& edit) {
    return test::error_of(Errc::input_unreadable, [&] { (void)edited_page(page, edit, 0, {}); });
  };
  EXPECT_TRUE(contains(why({.crop = cv::Rect(0, 0, 41, 30)}), "40 x 30 px"));
  EXPECT_TRUE(contains(why({.split = 40}), "40 px wide"));
  EXPECT_TRUE(contains(why({.corners = Corners{cv::Point2f(0, 0), {42, 0}, {42, 9}, {0, 9}}}),
                       "`corners`"));
  EXPECT_TRUE(contains(why({.turns = 1, .crop = cv::Rect(0, 0, 40, 30)}), "30 x 40 px"));
}

RC_GTEST_PROP(PageEdits, AnyTextIsReadOrRefused, (const std::string& end)) {
  std::string text = "[[page]]\n";
  const auto parts = *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
      "number", "rotate", "corners", "crop", "split", "exclude", "lang", "'fra'", " = ", "90", "-1",
      "[1, 2, 30, 40]", "[[0, 0], [9, 0], [9, 9], [0, 9]]", "true", "\n", "[[page]]\n", "[", "]",
      "99999999999999999999"));
  for (const std::string& part : parts) text += part;
  try {
    (void)parse_page_edits(text + end);
  } catch (const Error& error) {
    RC_ASSERT(error.code() == Errc::input_unreadable);
  }
}

RC_GTEST_PROP(PageEdits, AreReadAsTheyWereWritten, ()) {
  const auto at = [](int low, int high) { return *rc::gen::inRange(low, high); };
  std::map<int, PageEdit> edits;
  for (int count = at(0, 5); count > 0; --count) {
    PageEdit edit{.exclude = at(0, 4) == 0};
    set_rotation(edit, at(0, 36'000) / 100.0);
    const auto x = static_cast<float>(at(0, 1000));
    const auto y = static_cast<float>(at(0, 1000));
    if (at(0, 2) == 0)
      edit.corners = Corners{cv::Point2f(x, y), {x + 9, y}, {x + 8, y + 7}, {x, y + 9}};
    if (at(0, 2) == 0) edit.crop = cv::Rect(at(0, 900), at(0, 900), at(1, 900), at(1, 900));
    if (at(0, 2) == 0) edit.split = at(1, 2000);
    if (at(0, 2) == 0) edit.lang = "script/Latin+fra";
    if (edit != PageEdit()) edits.emplace(at(0, 5000), edit);
  }
  RC_ASSERT(parse_page_edits(page_edits_text(edits)) == edits);
}

TEST(PageEdits, ThatChangeNothingAreNotWritten) {
  EXPECT_EQ(page_edits_text({{0, {}}, {4, {.turns = 2}}}), "[[page]]\nnumber = 5\nrotate = 180\n");
  EXPECT_EQ(page_edits_text({{0, {}}}), "");
}

TEST(EditedFile, KnowsWhereItsPagesComeFrom) {
  const test::TempFolder folder;
  const auto bytes = test::tiff_of(
      {{.pixels = noise(20, 9, 1)}, {.pixels = noise(20, 9, 2)}, {.pixels = noise(20, 9, 3)}});
  const auto file = folder.write("a.tif", bytes);
  const auto origins = [&] {
    const auto pages = open_page_file(file, bytes, {});
    std::vector<PageOrigin> found;
    for (int i = 0; i < pages->page_count(); ++i) found.push_back(pages->origin(i));
    return std::pair(found, pages->is_edited());
  };
  using Origins = std::vector<PageOrigin>;
  EXPECT_EQ(origins(), std::pair(Origins({{0, 0}, {1, 0}, {2, 0}}), false));
  folder.write("a.tif.edit.toml", "[[page]]\nexclude = true\n[[page]]\nnumber = 3\nsplit = 5\n");
  EXPECT_EQ(origins(), std::pair(Origins({{1, 0}, {2, 0}, {2, 1}}), true));
  EXPECT_TRUE(is_edited(file));
  folder.write("a.tif.edit.toml", "[[page]]\nnumber = 2\nlang = 'fra'\n");
  EXPECT_EQ(origins(), std::pair(Origins({{0, 0}, {1, 0, "fra"}, {2, 0}}), false));
  EXPECT_FALSE(is_edited(file));
}

TEST(EditedFile, StatesLanguagesOfItsPagesAsNumberedAfterTheEdits) {
  const test::TempFolder folder;
  const auto file = folder.path() / "a.tif";
  EXPECT_EQ(stated_language(file, 0), "");
  folder.write("a.tif.edit.toml",
               "[[page]]\nexclude = true\n[[page]]\nnumber = 2\nsplit = 5\nlang = 'fra'\n"
               "[[page]]\nnumber = 4\nlang = 'deu'\n");
  std::vector<std::string> stated;
  for (const int page : {0, 1, 2, 3, 4, -1, 2'000'000'000})
    stated.push_back(stated_language(file, page));
  EXPECT_EQ(stated, std::vector<std::string>({"fra", "fra", "", "deu", "", "", ""}));
}

TEST(EditedFile, APageInALanguageThatIsRefusedIsAProblem) {
  const test::TempFolder folder;
  std::vector<InputFile> files;
  for (const char* name : {"a.png", "b.png"})
    files.push_back({.path = folder.write(name, encoded(noise(40, 30, 1), ".png")), .name = name});
  folder.write("b.png.edit.toml", "[[page]]\nlang = 'xyz'\n");
  CorpusOptions options;
  std::vector<Problem> problems;
  EXPECT_EQ(Corpus::load(files, options, problems).pages().at(1).lang, "xyz");
  options.refusal_of_language = [](const std::string& lang) { return "no model of " + lang; };
  const Corpus corpus = Corpus::load(files, options, problems);
  ASSERT_EQ(corpus.pages().size(), 1U);
  EXPECT_EQ(corpus.pages()[0].lang, "eng");
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0].what, "b.png.edit.toml: no model of xyz");
}

TEST(EditedFile, HasItsPagesInACorpus) {
  const test::TempFolder folder;
  const auto file = folder.write("a.png", encoded(noise(40, 30, 1), ".png"));
  const auto load = [&] {
    std::vector<Problem> problems;
    Corpus corpus = Corpus::load({{.path = file, .name = "a.png"}}, {}, problems);
    return std::pair(std::move(corpus), std::move(problems));
  };
  folder.write("a.png.edit.toml", "[[page]]\nsplit = 15\n");
  folder.write("a.2.gt.txt", "right");
  const auto [corpus, problems] = load();
  ASSERT_EQ(corpus.pages().size(), 2U);
  EXPECT_TRUE(problems.empty());
  EXPECT_EQ(corpus.pages()[1].name, "a.png#2");
  EXPECT_EQ(corpus.pages()[1].truth, "right");
  EXPECT_EQ(corpus.pages()[1].width, 25);
  EXPECT_TRUE(same_pixels(corpus.image(1).gray, noise(40, 30, 1)(cv::Rect(15, 0, 25, 30))));
  const Facsimile picture = corpus.facsimile(1);
  EXPECT_EQ(picture.width, 25);
  EXPECT_NE(picture.coding, Facsimile::Coding::jpeg);
  folder.write("a.png.edit.toml", "[[page]]\nexclude = true\n");
  EXPECT_TRUE(load().first.pages().empty());
  EXPECT_TRUE(load().second.empty());
  const std::string changed =
      test::error_of(Errc::input_unreadable, [&, &corpus = corpus] { (void)corpus.image(1); });
  EXPECT_TRUE(contains(changed, "has changed since the command began"));
  folder.write("a.png.edit.toml", "[[page]]\nnumber = 2\nrotate = 90\n");
  ASSERT_EQ(load().second.size(), 1U);
  EXPECT_TRUE(contains(load().second[0].what, "a.png.edit.toml: there is no page 2"));
}

}  // namespace
}  // namespace ocrtune
