// What Tesseract gave on the pages of a study, kept with it; and studies from before that.

#include <gtest/gtest.h>

#include <algorithm>

#include "ocrtune/storage/storage.h"
#include "support/errors.h"
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

bool same_pages(const std::vector<PageScores>& a, const std::vector<PageScores>& b) {
  return a == b;
}

/// A study of our own engine with a baseline and a point.
std::unique_ptr<Storage> make_random_study(const fs::path& file, Random& random) {
  StudyDefinition definition = study_definition(3);
  definition.engine = "lstm";
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
       {"DELETE FROM ocrtune_reference_results WHERE page = 0",
        "DELETE FROM ocrtune_reference_results WHERE page = 2",
        "INSERT INTO ocrtune_reference_results (number, held_out, page) VALUES (1, 0, 3)",
        "DROP TABLE ocrtune_reference_results"}) {
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

TEST(StorageEngine, IsGivenBack) {
  for (const std::string engine : {"lstm", "tesseract", "eng+fra=tesseract lat=lstm"}) {
    const TempFolder folder;
    StudyDefinition definition = study_definition(1);
    definition.engine = engine;
    (void)create_study(folder.path() / "s.db", definition);
    EXPECT_EQ(view_study(folder.path() / "s.db")->definition().engine, engine);
  }
}

}  // namespace
}  // namespace ocrtune
