#include "ocrtune/study/definition.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "ocrtune/base/hash.h"
#include "support/encoded.h"
#include "support/errors.h"
#include "support/images.h"
#include "support/studies.h"
#include "support/temp_folder.h"

namespace ocrtune {
namespace {

using test::contains;
using test::study_definition;

/// The one difference that a change makes.
std::string difference(const std::function<void(StudyDefinition&)>& change) {
  StudyDefinition now = study_definition(5);
  change(now);
  const auto found = differences(study_definition(5), now);
  EXPECT_EQ(found.size(), 1U);
  if (found.empty()) return "";
  EXPECT_EQ(found[0].find('\n'), std::string::npos);
  return found[0];
}

TEST(Differences, AreNoneForTheSameStudy) {
  EXPECT_TRUE(differences(study_definition(5), study_definition(5)).empty());
}

TEST(Differences, NamesOrderAndProgramDontMatter) {
  StudyDefinition now = study_definition(5);
  std::ranges::reverse(now.pages);
  now.pages[0].name = "another";
  now.program = "ocrtune 99";
  EXPECT_TRUE(differences(study_definition(5), now).empty());
}

TEST(Differences, AreEachNamed) {
  EXPECT_TRUE(contains(difference([](StudyDefinition& d) { d.seed = 3; }),
                       "different seed: 18364758544493064720 in the study, 3 here"));
  EXPECT_TRUE(contains(difference([](StudyDefinition& d) { d.objective = Score::wer; }),
                       "different objective: cer in the study, wer here"));
  EXPECT_TRUE(contains(difference([](StudyDefinition& d) { d.psm = 6; }), "different psm"));
  EXPECT_TRUE(contains(difference([](StudyDefinition& d) { d.oem = 3; }), "different oem"));
  EXPECT_TRUE(
      contains(difference([](StudyDefinition& d) { d.ocr_max_width = 0; }), "ocr-max-width"));
  EXPECT_TRUE(contains(difference([](StudyDefinition& d) { d.engine = "lstm"; }),
                       "different engine: tesseract in the study, lstm here"));
  EXPECT_TRUE(
      contains(difference([](StudyDefinition& d) { d.models = "eng=9"; }),
               "different language data or OCR engine version: eng=0123 in the study, eng=9 here"));
}

TEST(Differences, ShowTheFirstOtherLineOfThePipeline) {
  const std::string changed = difference(
      [](StudyDefinition& d) { d.pipeline.replace(d.pipeline.find("low = 30"), 8, "low = 31"); });
  EXPECT_TRUE(contains(changed, "different pipeline: `h_size = { low = 30"));
  EXPECT_TRUE(contains(changed, "in the study, `h_size = { low = 31"));
  const std::string longer = difference([](StudyDefinition& d) { d.pipeline += "more\n"; });
  EXPECT_TRUE(contains(longer, "`(end)` in the study, `more` here")) << longer;
}

TEST(Differences, NameThePages) {
  const std::string missing = difference([](StudyDefinition& d) { d.pages.resize(1); });
  EXPECT_TRUE(contains(missing, "different corpus, missing or changed: 4 pages")) << missing;
  EXPECT_TRUE(contains(missing, "and 1 more"));
  const std::string added =
      difference([](StudyDefinition& d) { d.pages.push_back({.name = "new.png", .pixels = "x"}); });
  EXPECT_TRUE(contains(added, "different corpus, not in the study: 1 page (new.png)")) << added;
  // A page that is given twice counts twice.
  EXPECT_TRUE(contains(difference([](StudyDefinition& d) { d.pages.push_back(d.pages[0]); }),
                       "not in the study: 1 page"));
  StudyDefinition now = study_definition(5);
  now.pages[2].pixels = "changed";
  EXPECT_EQ(differences(study_definition(5), now).size(), 2U);
}

TEST(Differences, NameOtherValidationPagesOfTheSameCorpus) {
  StudyDefinition stored = study_definition(5);
  stored.held_out = {stored.pages[4]};
  stored.pages.pop_back();
  StudyDefinition now = stored;
  now.held_out.push_back(now.pages[1]);
  now.pages.erase(now.pages.begin() + 1);
  EXPECT_EQ(differences(stored, now),
            (std::vector<std::string>{
                "different validation pages (--hold-out): 1 in the study, 2 here"}));
  now = stored;
  std::swap(now.held_out[0], now.pages[1]);
  EXPECT_EQ(differences(stored, now),
            (std::vector<std::string>{
                "different validation pages (--hold-out): 1 in the study, 1 here"}));
  now.held_out.clear();
  EXPECT_EQ(differences(stored, now),
            (std::vector<std::string>{"different corpus, missing or changed: 1 page (" +
                                      stored.pages[1].name + ")"}));
}

TEST(Differences, NameLanguageAndTruthOfPages) {
  EXPECT_TRUE(contains(difference([](StudyDefinition& d) { d.pages[1].lang = "deu"; }),
                       "different language: 1 page"));
  EXPECT_TRUE(contains(difference([](StudyDefinition& d) { d.pages[1].truth = "new"; }),
                       "different ground truth: 1 page"));
  EXPECT_TRUE(contains(difference([](StudyDefinition& d) { d.pages[0].truth = ""; }),
                       "different ground truth: 1 page"));
  EXPECT_TRUE(has_truth(study_definition(1)));
  StudyDefinition none = study_definition(1);
  none.pages[0].truth = "";
  EXPECT_FALSE(has_truth(none));
}

TEST(Differences, PairPagesOfTheSamePixelsByTheirTruth) {
  StudyDefinition stored = study_definition(4);
  for (PageRecord& page : stored.pages) page.pixels = "same";
  stored.pages[2].truth = "two";
  stored.pages[3].lang = "deu";
  StudyDefinition now = stored;
  now.pages = {stored.pages[2], stored.pages[3], stored.pages[1], stored.pages[0]};
  EXPECT_TRUE(differences(stored, now).empty());
  EXPECT_EQ(matching_order(stored.pages, now.pages), (std::vector<std::size_t>{3, 2, 0, 1}));
}

TEST(Programs, AreNamedWithTheirFirstTrial) {
  const std::string begun = "ocrtune 1, Tesseract 5.3.0, OpenCV 4.6.0";
  const std::string other = "ocrtune 1, Tesseract 5.5.0, OpenCV 4.10.0";
  EXPECT_EQ(last_program(begun), begun);
  EXPECT_EQ(with_program(begun, 7, begun), begun);
  const std::string both = with_program(begun, 7, other);
  EXPECT_EQ(both, begun + "; from trial 7: " + other);
  EXPECT_EQ(last_program(both), other);
  EXPECT_EQ(with_program(both, 9, other), both);
  EXPECT_EQ(with_program(both, 9, begun), both + "; from trial 9: " + begun);
}

TEST(Programs, ThatFinishedNothingAreForgotten) {
  const std::string both = with_program("a", 7, "b");
  EXPECT_EQ(with_program(both, 7, "c"), "a; from trial 7: c");
  EXPECT_EQ(with_program(both, 7, "a"), "a");
}

TEST(Programs, OfDamagedStudiesAreTakenAsTheyAre) {
  EXPECT_EQ(last_program("; from trial "), "; from trial ");
  EXPECT_EQ(last_program(""), "");
}

TEST(References, AreThoseThatObjectivesAndConstraintsCompareWith) {
  StudyDefinition definition = study_definition(5);
  definition.objective = Score::quality;
  definition.search.more_objectives = {Score::cer};
  definition.search.constraints = {parse_constraint("words>=0.9x")};
  EXPECT_EQ(references_of(definition), References::none);
  definition.search.constraints = {parse_constraint("loss(reference_quality)<=5")};
  EXPECT_EQ(references_of(definition), References::without_truth);
  definition.search.more_objectives = {Score::agreement};
  EXPECT_EQ(references_of(definition), References::all);
  definition.search.more_objectives = {};
  EXPECT_EQ(references_of(definition), References::without_truth);
  definition.search.constraints = {parse_constraint("agreement>=0.5x")};
  EXPECT_EQ(references_of(definition), References::all);
  definition.search.constraints = {};
  definition.objective = Score::reference_quality;
  EXPECT_EQ(references_of(definition), References::without_truth);
}

TEST(PageRecords, AreThoseOfTheCorpus) {
  const test::TempFolder folder;
  folder.write("a.gt.txt", "truth");
  const auto file = folder.write(
      "a.tif", test::tiff_of({{.pixels = test::noise(9, 7, 1), .dpi_x = 300, .dpi_y = 200}}));
  std::vector<Problem> problems;
  const Corpus corpus = Corpus::load(
      {{.path = file, .name = "a.tif", .lang = "fra", .labels = {{"k", "v"}}}}, {}, problems);
  const auto records = page_records(corpus);
  ASSERT_EQ(records.size(), 1U);
  EXPECT_EQ(records[0].name, "a.tif");
  EXPECT_EQ(records[0].pixels, corpus.pages()[0].pixel_hash.text());
  EXPECT_EQ(records[0].truth, content_hash("truth").text());
  EXPECT_EQ(records[0].lang, "fra");
  EXPECT_EQ(records[0].width, 9);
  EXPECT_EQ(records[0].height, 7);
  EXPECT_EQ(records[0].dpi, 300);
  EXPECT_EQ(records[0].labels, (Labels{{"k", "v"}}));
}

TEST(PageRecords, HaveUrlsAsTheyAre) {
  const std::string url = "https://example.org//a/../p.png?next=/../q";
  EXPECT_EQ(recorded_path(url).string(), url);
  EXPECT_TRUE(recorded_path("p.png").is_absolute());
}

}  // namespace
}  // namespace ocrtune
