// What stock Tesseract gave on the pages of a study, kept with it; and studies from before that.

#include <gtest/gtest.h>

#include <algorithm>

#include "ocrtune/study/storage.h"
#include "support/errors.h"
#include "support/old_formats.h"
#include "support/sql.h"
#include "support/studies.h"
#include "support/temp_folder.h"

namespace ocrtune {
namespace {
namespace fs = std::filesystem;

using test::contains;
using test::error_of;
using test::random_trial;
using test::run_sql;
using test::study_definition;
using test::TempFolder;

bool same_scores(const PageScores& a, const PageScores& b) {
  return a.confidence == b.confidence && a.words == b.words && a.sharpness == b.sharpness &&
         a.contrast == b.contrast && a.cnr == b.cnr && a.cer == b.cer && a.wer == b.wer;
}

bool same_pages(const std::vector<PageScores>& a, const std::vector<PageScores>& b) {
  return std::ranges::equal(a, b, same_scores);
}

/// A study of our own reader with a baseline and a point.
std::unique_ptr<Storage> make_random_study(const fs::path& file, Random& random) {
  StudyDefinition definition = study_definition(3);
  definition.reader = "lstm";
  auto study = create_study(file, definition);
  for (const std::size_t number : {0U, 1U}) study->append(random_trial(definition, number, random));
  return study;
}

TEST(StorageConfirmations, AreGivenBackExactlyAndWrittenOnce) {
  const TempFolder folder;
  const fs::path file = folder.path() / "s.db";
  Random random(1);
  const auto study = make_random_study(file, random);
  EXPECT_TRUE(study->confirmations().empty());
  const auto first = scores_of(random_trial(study->definition(), 1, random, true));
  const auto second = scores_of(random_trial(study->definition(), 0, random, true));
  study->confirm(1, first);
  EXPECT_EQ(study->confirmations().size(), 1U);
  study->confirm(0, second);
  study->confirm(1, second);
  for (const auto& confirmations : {study->confirmations(), view_study(file)->confirmations()}) {
    ASSERT_EQ(confirmations.size(), 2U);
    EXPECT_TRUE(same_pages(confirmations.at(1), first));
    EXPECT_TRUE(same_pages(confirmations.at(0), second));
  }
}

TEST(StorageConfirmations, DamagedRowsAreSaid) {
  for (const char* sql :
       {"DELETE FROM ocrtune_confirmed WHERE page = 0",
        "DELETE FROM ocrtune_confirmed WHERE page = 2",
        "INSERT INTO ocrtune_confirmed VALUES (1, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1)",
        "DROP TABLE ocrtune_confirmed"}) {
    SCOPED_TRACE(sql);
    const TempFolder folder;
    const fs::path file = folder.path() / "s.db";
    Random random(2);
    {
      const auto study = make_random_study(file, random);
      study->confirm(1, scores_of(random_trial(study->definition(), 1, random)));
    }
    run_sql(file, sql);
    EXPECT_TRUE(contains(
        error_of(Errc::study_error, [&] { (void)view_study(file)->confirmations(); }), "s.db: "));
  }
}

TEST(StorageReader, IsGivenBack) {
  for (const std::string reader : {"lstm", "tesseract", "eng+fra=tesseract lat=lstm"}) {
    const TempFolder folder;
    StudyDefinition definition = study_definition(1);
    definition.reader = reader;
    (void)create_study(folder.path() / "s.db", definition);
    EXPECT_EQ(view_study(folder.path() / "s.db")->definition().reader, reader);
  }
}

/// As an ocrtune of format 2 left it.
void make_format_2(const fs::path& file) {
  Random random(3);
  const StudyDefinition definition = study_definition(3);
  create_study(file, definition)->append(random_trial(definition, 0, random));
  test::make_format(file, 2);
}

TEST(StorageFormat2, WasReadByStockTesseract) {
  const TempFolder folder;
  const fs::path file = folder.path() / "s.db";
  make_format_2(file);
  for (const bool for_writing : {false, true}) {
    const auto study = for_writing ? open_study(file) : view_study(file);
    EXPECT_EQ(study->definition().reader, "tesseract");
    EXPECT_TRUE(study->confirmations().empty());
    EXPECT_EQ(study->trials().size(), 1U);
  }
  // Looking changed nothing: the old tables are still there, and raised only by writing.
  run_sql(file,
          "INSERT INTO ocrtune_study SELECT 2, 2, pipeline, seed, objective, psm, oem, "
          "ocr_max_width, lang, models, program FROM ocrtune_study; DELETE FROM ocrtune_study "
          "WHERE study_id = 2");
}

TEST(StorageFormat2, IsGoneOnWith) {
  const TempFolder folder;
  const fs::path file = folder.path() / "s.db";
  make_format_2(file);
  Random random(4);
  const auto viewer = view_study(file);
  const auto study = open_study(file);
  const Trial added = random_trial(study->definition(), 1, random);
  study->append(added);
  study->confirm(1, scores_of(added));
  EXPECT_TRUE(same_pages(viewer->confirmations().at(1), scores_of(added)));
  const auto again = open_study(file);
  EXPECT_EQ(again->definition().reader, "tesseract");
  EXPECT_EQ(again->trials().size(), 2U);
}

}  // namespace
}  // namespace ocrtune
