#include "ocrtune/training/training_lines.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "ocrtune/documents/transcript.h"
#include "support/errors.h"
#include "support/temp_folder.h"
#include "support/text_gen.h"

namespace ocrtune::training {
namespace {

using test::TempFolder;

std::string page_xml(const std::string& lines, const std::string& size = "1000' imageHeight='800") {
  return "<PcGts xmlns='http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15'>"
         "<Page imageWidth='" +
         size + "'><TextRegion>" + lines + "</TextRegion></Page></PcGts>";
}

std::string xml_line(const std::string& points, const std::string& text) {
  return "<TextLine><Coords points='" + points + "'/><TextEquiv><Unicode>" + text +
         "</Unicode></TextEquiv></TextLine>";
}

/// A page of 1000 by 800 px with this text as ground truth.
Page page_with(const std::string& truth) {
  Page page;
  page.truth = truth;
  page.width = 1000;
  page.height = 800;
  return page;
}

/// The same with a document as ground truth.
Page page_with(const TempFolder& folder, const std::string& document) {
  Page page = page_with(parse_document(document).text);
  page.truth_file = folder.write("a.xml", document);
  return page;
}

Word word_of_line(int line, int index, const std::string& text) {
  return {.text = text,
          .confidence = 90,
          .left = 100 + 100 * index,
          .top = 100 + 50 * line,
          .right = 190 + 100 * index,
          .bottom = 124 + 50 * line,
          .block = 1,
          .paragraph = 1,
          .line = line + 1,
          .index = index + 1};
}

OcrResult three_lines() {
  return {
      .words = {word_of_line(0, 0, "thc"), word_of_line(0, 1, "first"), word_of_line(0, 2, "line"),
                word_of_line(1, 0, "another"), word_of_line(1, 1, "one"),
                word_of_line(2, 0, "third"), word_of_line(2, 1, "and"), word_of_line(2, 2, "last")},
      .width = 1000,
      .height = 800};
}

OcrResult never() {
  ADD_FAILURE() << "was recognized";
  return {};
}

std::vector<std::string> texts_of(const PageLines& found) {
  std::vector<std::string> texts;
  for (const TrainingLine& line : found.lines) texts.push_back(line.text);
  return texts;
}

TEST(TrainingLines, AreThoseOfTheFileWithPlaces) {
  const TempFolder folder;
  const PageLines found = training_lines(
      page_with(folder, page_xml(xml_line("10,20 300,20 300,60", "cafe\u0301  au lait") +
                                 xml_line("10,120 300,120 300,160 10,160", "two"))),
      7, never);
  EXPECT_EQ(texts_of(found), (std::vector<std::string>{"caf\u00e9 au lait", "two"}));
  EXPECT_EQ(found.truth_lines, 2U);
  EXPECT_EQ(found.lines[0].page, 7U);
  EXPECT_EQ(found.lines[0].outline, (std::vector<Corner>{{10, 20}, {300, 20}, {300, 60}}));
}

TEST(TrainingLines, AreScaledToThePage) {
  const TempFolder folder;
  const std::string line = xml_line("10,20 300,20 300,60", "a line");
  const PageLines found =
      training_lines(page_with(folder, page_xml(line, "2000' imageHeight='1602")), 0, never);
  ASSERT_EQ(found.lines.size(), 1U);
  EXPECT_EQ(found.lines[0].outline, (std::vector<Corner>{{5, 10}, {150, 10}, {150, 30}}));
}

TEST(TrainingLines, UnusableOnesAreLeftOut) {
  const TempFolder folder;
  const std::string box = "10,20 300,20 300,60 10,60";
  const PageLines found = training_lines(
      page_with(folder, page_xml(xml_line(box, "good") + xml_line(box, "a") +
                                 xml_line(box, "* * *") + xml_line("10,20 300,20 300,27", "thin") +
                                 xml_line("10,20 40,20 40,200", "upright") +
                                 xml_line("900,20 1200,20 1200,60", "cut off") +
                                 xml_line("2000,20 2200,20 2200,60", "beyond") +
                                 xml_line("800,20 1010,20 1010,60 800,60", "a bit beyond") +
                                 "<TextLine><TextEquiv><Unicode>nowhere</Unicode></TextEquiv>"
                                 "</TextLine>")),
      0, never);
  EXPECT_EQ(texts_of(found), (std::vector<std::string>{"good", "a bit beyond"}));
  EXPECT_EQ(found.truth_lines, 9U);
  EXPECT_EQ(found.lines[1].outline,
            (std::vector<Corner>{{800, 20}, {1000, 20}, {1000, 60}, {800, 60}}));
}

TEST(TrainingLines, AreAlignedIfThereAreNoPlaces) {
  const std::string truth = "the first line\r\n\r\nanother one\r\nthird and last\r\n";
  const PageLines found = training_lines(page_with(truth), 3, three_lines);
  EXPECT_EQ(texts_of(found),
            (std::vector<std::string>{"the first line", "another one", "third and last"}));
  EXPECT_EQ(found.truth_lines, 3U);
  EXPECT_EQ(found.lines[0].page, 3U);
  EXPECT_EQ(found.lines[0].outline,
            (std::vector<Corner>{{98, 98}, {392, 98}, {392, 126}, {98, 126}}));
}

TEST(TrainingLines, TheOcrResultMayBeOfAnotherSize) {
  OcrResult half = three_lines();
  half.width = 500;
  half.height = 400;
  const PageLines found = training_lines(page_with("third and last"), 0, [&] { return half; });
  ASSERT_EQ(found.lines.size(), 1U);
  EXPECT_EQ(found.lines[0].outline.front(), (Corner{196, 396}));
}

TEST(TrainingLines, PlacesThatDoNotFitAreNotUsed) {
  const TempFolder folder;
  const std::string line = xml_line("10,20 300,20 300,60", "another one");
  const auto aligned_of = [](const Page& page) {
    const PageLines found = training_lines(page, 0, three_lines);
    EXPECT_EQ(texts_of(found), std::vector<std::string>{"another one"});
    return found.lines.size() == 1 && found.lines[0].outline.front() == Corner{98, 148};
  };
  EXPECT_TRUE(aligned_of(page_with(folder, page_xml(line, "800' imageHeight='1000"))));
  EXPECT_TRUE(
      aligned_of(page_with(folder, page_xml(xml_line("5000,20 5300,20 5300,60", "another one")))));
  Page changed = page_with(folder, page_xml(line));
  changed.truth = "another one\nthat is new";
  EXPECT_TRUE(aligned_of(changed));
  Page edited = page_with(folder, page_xml(line));
  edited.file = folder.path() / "a.png";
  EXPECT_FALSE(training_lines(edited, 0, never).lines.empty());
  folder.write("a.png.edit.toml", "[[page]]\nlang = \"fra\"\n");
  EXPECT_FALSE(training_lines(edited, 0, never).lines.empty());
  folder.write("a.png.edit.toml", "[[page]]\nrotate = 90\n");
  EXPECT_TRUE(aligned_of(edited));
  Page of_url = page_with(folder, page_xml(line));
  of_url.truth_file = "https://example.org/a.xml";
  EXPECT_TRUE(aligned_of(of_url));
}

TEST(TrainingLines, WithoutGroundTruthThereAreNone) {
  const PageLines found = training_lines({}, 0, never);
  EXPECT_TRUE(found.lines.empty());
  EXPECT_EQ(found.truth_lines, 0U);
  EXPECT_TRUE(training_lines(page_with(""), 0, [] { return OcrResult{}; }).lines.empty());
}

TEST(TrainingLines, AFileThatIsGoneIsNamed) {
  Page page = page_with("text");
  page.truth_file = "/nowhere/a.page.xml";
  const std::string message =
      test::error_of(Errc::input_unreadable, [&] { (void)training_lines(page, 0, never); });
  EXPECT_TRUE(test::contains(message, "/nowhere/a.page.xml")) << message;
  const TempFolder folder;
  page.truth_file = folder.write("b.xml", "<PcGts>");
  EXPECT_TRUE(test::contains(
      test::error_of(Errc::input_unreadable, [&] { (void)training_lines(page, 0, never); }),
      "b.xml"));
}

RC_GTEST_PROP(TrainingLines, AreWithinThePage, ()) {
  const auto corner = rc::gen::inRange(-200, 1400);
  std::string lines;
  for (int line = 0; line < 5; ++line) {
    std::string points;
    for (int i = *rc::gen::inRange(3, 6); i > 0; --i)
      points += std::to_string(*corner) + "," + std::to_string(*corner) + " ";
    lines += xml_line(points, "a line");
  }
  const TempFolder folder;
  const PageLines found =
      training_lines(page_with(folder, page_xml(lines)), 0, [] { return OcrResult{}; });
  for (const TrainingLine& line : found.lines) {
    RC_ASSERT(line.outline.size() >= 3U);
    for (const Corner& at : line.outline)
      RC_ASSERT(at.x >= 0 && at.x <= 1000 && at.y >= 0 && at.y <= 800);
  }
}

}  // namespace
}  // namespace ocrtune::training
