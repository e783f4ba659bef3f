// Pages before and after: which ones, from the files as they are now, and what is missing.
#include "ocrtune/report/report_pictures.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "ocrtune/corpus/corpus.h"
#include "ocrtune/pipeline/pipeline_file.h"
#include "support/encoded.h"
#include "support/images.h"
#include "support/studies.h"
#include "support/summaries.h"
#include "support/temp_folder.h"

namespace ocrtune {
namespace {
namespace fs = std::filesystem;

using nlohmann::json;
using test::trial_with;

const std::atomic<bool> kGoOn{false};

StudyFindings findings_of(StudyDefinition definition, std::vector<Trial> trials,
                          Confirmations validations = {}) {
  StudyFindings findings{.definition = std::move(definition),
                         .trials = std::move(trials),
                         .pruned = {},
                         .validations = std::move(validations),
                         .summary = {}};
  findings.summary =
      test::summary_of(findings.definition, findings.trials, {}, findings.validations);
  return findings;
}

std::vector<PageScores> scores_of(const std::vector<double>& confidences) {
  std::vector<PageScores> scores;
  for (const PageResult& page : trial_with(0, confidences).pages) scores.push_back(page.scores);
  return scores;
}

std::vector<double> gains_of(const std::vector<PicturedPage>& pages) {
  std::vector<double> gains;
  for (const PicturedPage& page : pages) gains.push_back(page.gain);
  return gains;
}

TEST(PicturedPages, AreThoseThatGainedAndLostMost) {
  StudyDefinition definition = test::study_by_confidence(9);
  definition.held_out = {definition.pages[0], definition.pages[1]};
  const auto findings = findings_of(definition,
                                    {trial_with(0, std::vector<double>(9, 50.0)),
                                     trial_with(1, {51, 59, 52, 58, 53, 57, 54, 56, 55})},
                                    {{0, scores_of({50, 50})}, {1, scores_of({40, 70})}});
  // Nine gain 1 to 9, and of those held out one 20, the other -10.
  const auto none = pictured_pages(findings_of(
      definition, {trial_with(0, std::vector<double>(9, 50.0))}, {{0, scores_of({50, 50})}}));
  EXPECT_TRUE(none.empty());
  const std::vector<PicturedPage> pages = pictured_pages(findings);
  EXPECT_EQ(gains_of(pages), (std::vector<double>{20, 9, 8, 7, 3, 2, 1, -10}));
  EXPECT_TRUE(pages.front().held_out);
  EXPECT_EQ(pages.front().page, 1U);
  EXPECT_EQ(pages[1].page, 1U);
  EXPECT_FALSE(pages[1].held_out);
  EXPECT_EQ(pages[1].before.value(Score::confidence), 50);
  EXPECT_EQ(pages[1].after.value(Score::confidence), 59);
  EXPECT_EQ(pages[1].number, 1U);
}

TEST(PicturedPages, AreEachThereOnceWhereThereAreFew) {
  const auto findings = findings_of(test::study_by_confidence(3),
                                    {trial_with(0, {50, 50, 50}), trial_with(1, {60, 40, 90})});
  EXPECT_EQ(gains_of(pictured_pages(findings)), (std::vector<double>{40, 10, -10}));
}

/// Three pages in files, of which the last has no truth, in a study whose point makes them black
/// and white.
class ReportPicturesTest : public testing::Test {
 protected:
  ReportPicturesTest() {
    std::vector<InputFile> files;
    for (const std::string text : {"ONE 1", "THE </script> PAGE", "LAST 44"}) {
      const std::string name = std::to_string(files.size());
      const auto path = folder_.write(name + ".png", test::encoded(test::rendered(text), ".png"));
      if (files.size() < 2) folder_.write(name + ".gt.txt", text);
      files.push_back({.path = path, .name = name});
    }
    std::vector<Problem> problems;
    const Corpus corpus = Corpus::load(files, {}, problems);
    definition_ = {.pipeline =
                       pipeline_text(parse_pipeline("[[stage]]\nuse = \"clahe\"\nclip = \"free\"\n"
                                                    "[[stage]]\nuse = \"binarize_sauvola\"\n",
                                                    "t"))};
    definition_.pages = page_records(corpus);
    definition_.held_out = {definition_.pages.back()};
    definition_.pages.pop_back();
  }

  ReportPictures pictures(const std::atomic<bool>& stop = kGoOn) {
    std::vector<std::size_t> counts;
    const auto findings =
        findings_of(definition_, {trial_with(0, {50, 50}), trial_with(1, {90, 49})},
                    {{0, scores_of({50})}, {1, scores_of({70})}});
    ReportPictures made =
        report_pictures(findings, {.tessdata = {}, .plan = plan_memory(2'000'000'000, 2)}, stop,
                        [&](std::size_t done, std::size_t all) {
                          counts.push_back(done);
                          EXPECT_EQ(all, 3U);
                        });
    EXPECT_EQ(counts, stop ? std::vector<std::size_t>{} : (std::vector<std::size_t>{1, 2, 3}));
    return made;
  }

  test::TempFolder folder_;
  StudyDefinition definition_;
};

TEST_F(ReportPicturesTest, ShowPagesBeforeAndAfter) {
  const ReportPictures made = pictures();
  EXPECT_EQ(made.missing, "");
  ASSERT_EQ(made.pictures.size(), 3U);
  const json& first = made.pictures[0];
  EXPECT_EQ(first["page"], "0");
  EXPECT_EQ(first["held_out"], false);
  EXPECT_EQ(first["gain"], 40);
  EXPECT_EQ(first["truth"], "ONE 1");
  EXPECT_EQ(made.pictures[1]["held_out"], true);
  EXPECT_EQ(made.pictures[1]["truth"], nullptr);
  EXPECT_EQ(made.pictures[2]["truth"], "THE </script> PAGE");
  EXPECT_EQ(made.pictures[2]["gain"], -1);
  for (const char* side : {"before", "after"}) {
    const json& view = first[side];
    EXPECT_TRUE(view["image"].get<std::string>().starts_with("data:image/"));
    EXPECT_TRUE(view["text"].get<std::string>().starts_with("ONE 1")) << view["text"];
    ASSERT_EQ(view["words"].size(), 2U);
    const json& word = view["words"][0];
    ASSERT_EQ(word.size(), 6U);
    EXPECT_EQ(word[0], "ONE");
    EXPECT_GE(word[1], 0);
    EXPECT_LT(word[2], word[4]);
    EXPECT_LT(word[3], word[5]);
    EXPECT_LE(word[4], view["width"]);
    EXPECT_LE(word[5], view["height"]);
  }
  EXPECT_TRUE(first["after"]["image"].get<std::string>().starts_with("data:image/png;"));
  EXPECT_EQ(first["before"]["width"], definition_.pages[0].width);
  EXPECT_EQ(first["before"]["scores"]["confidence"], 50);
  EXPECT_EQ(first["after"]["scores"]["confidence"], 90);
}

TEST_F(ReportPicturesTest, SayWhichFilesAreGone) {
  fs::remove(definition_.pages[0].file);
  const ReportPictures made = pictures();
  EXPECT_EQ(made.missing, "1 of 3 pages can't be shown; 0: its file can no longer be read");
  EXPECT_EQ(made.pictures.size(), 2U);
}

TEST_F(ReportPicturesTest, SayWhichFilesHaveChanged) {
  folder_.write("2.png", test::encoded(test::rendered("OTHER"), ".png"));
  EXPECT_EQ(pictures().missing, "1 of 3 pages can't be shown; 2: its file has changed");
}

TEST_F(ReportPicturesTest, SayWhichPagesWereInMemory) {
  for (auto* pages : {&definition_.pages, &definition_.held_out}) {
    for (PageRecord& page : *pages) page.file.clear();
  }
  const ReportPictures made = pictures();
  EXPECT_EQ(made.pictures, json::array());
  EXPECT_EQ(made.missing,
            "3 of 3 pages can't be shown; 0: its image was in the memory of a program");
}

TEST_F(ReportPicturesTest, LeaveATruthOutThatHasChanged) {
  folder_.write("0.gt.txt", "another truth");
  fs::remove(definition_.pages[1].truth_file);
  const ReportPictures made = pictures();
  EXPECT_EQ(made.pictures[0]["truth"], nullptr);
  EXPECT_EQ(made.pictures[2]["truth"], nullptr);
  EXPECT_EQ(made.missing, "");
}

TEST_F(ReportPicturesTest, SayThatALanguageIsMissing) {
  for (PageRecord& page : definition_.pages) page.lang = "xyz";
  const ReportPictures made = pictures();
  EXPECT_EQ(made.pictures.size(), 1U);
  EXPECT_TRUE(made.missing.starts_with("2 of 3 pages can't be shown; language `xyz`"))
      << made.missing;
}

TEST_F(ReportPicturesTest, EndWhenTheyAreStopped) {
  const std::atomic<bool> stop{true};
  EXPECT_EQ(pictures(stop).pictures.size(), 0U);
}

TEST(ReportPictures, SayWhereNothingDiffers) {
  const auto findings = findings_of(test::study_by_confidence(1), {trial_with(0, {50})});
  const ReportPictures made = report_pictures(findings, {}, kGoOn, [](std::size_t, std::size_t) {});
  EXPECT_EQ(made.pictures, json::array());
  EXPECT_EQ(made.missing, "nothing differs from the originals");
}

}  // namespace
}  // namespace ocrtune
