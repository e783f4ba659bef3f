// OCR results of pages and the verdict, kept with a study.

#include "ocrtune/storage/recipe_tables.h"

#include <gtest/gtest.h>

#include "ocrtune/storage/storage.h"
#include "support/errors.h"
#include "support/sql.h"
#include "support/studies.h"
#include "support/temp_folder.h"

namespace ocrtune {
namespace {

using test::contains;
using test::error_of;
using test::run_sql;
using test::study_definition;
using test::TempFolder;

const PageResultKey kKey{
    .which = PagesOfStudy::held_out, .page = 1, .pipeline = "raw", .by_columns = true};

/// As ocrtune 0.1.0 has created studies.
void drop_tables(const std::filesystem::path& file) {
  run_sql(file, "DROP TABLE ocrtune_page_results");
  run_sql(file, "DROP TABLE ocrtune_verdict");
}

TEST(StorageRecipes, PageResultsAreGivenBackExactlyAndWrittenOnce) {
  const TempFolder folder;
  const auto file = folder.path() / "s.db";
  const auto study = create_study(file, study_definition(3));
  EXPECT_FALSE(study->page_result(kKey));
  study->keep_page_results({{.key = kKey, .text = "two\nlines"}});
  study->keep_page_results({{.key = kKey, .text = "another"}});
  EXPECT_EQ(study->page_result(kKey), "two\nlines");
  EXPECT_EQ(view_study(file)->page_result(kKey), "two\nlines");
  PageResultKey other = kKey;
  other.which = PagesOfStudy::tuned;
  EXPECT_FALSE(study->page_result(other));
  other = kKey;
  other.page = 2;
  EXPECT_FALSE(study->page_result(other));
  other = kKey;
  other.pipeline = "Raw";
  EXPECT_FALSE(study->page_result(other));
  other = kKey;
  other.by_columns = false;
  EXPECT_FALSE(study->page_result(other));
}

TEST(StorageRecipes, TheLastVerdictStays) {
  const TempFolder folder;
  const auto file = folder.path() / "s.db";
  const auto study = create_study(file, study_definition(3));
  EXPECT_FALSE(study->verdict());
  study->keep_verdict("{}");
  study->keep_verdict("{\"é\": 1}");
  EXPECT_EQ(study->verdict(), "{\"é\": 1}");
  EXPECT_EQ(view_study(file)->verdict(), "{\"é\": 1}");
}

TEST(StorageRecipes, DamagedRowsAreSaid) {
  const TempFolder folder;
  const auto file = folder.path() / "s.db";
  create_study(file, study_definition(3));
  run_sql(file, "INSERT INTO ocrtune_verdict VALUES (1, x'00ff')");
  run_sql(file, "INSERT INTO ocrtune_page_results VALUES (1, 1, 'raw', 1, x'00ff')");
  const auto study = view_study(file);
  EXPECT_TRUE(contains(error_of(Errc::study_error, [&] { (void)study->verdict(); }), "s.db: "));
  EXPECT_TRUE(
      contains(error_of(Errc::study_error, [&] { (void)study->page_result(kKey); }), "s.db: "));
}

TEST(StorageRecipes, AStudyOfAnEarlierVersionHasNoneAndKeepsNewOnes) {
  const TempFolder folder;
  const auto file = folder.path() / "s.db";
  create_study(file, study_definition(3));
  drop_tables(file);
  EXPECT_FALSE(view_study(file)->verdict());
  EXPECT_FALSE(view_study(file)->page_result(kKey));
  open_study(file)->keep_page_results({{.key = kKey, .text = "text"}});
  open_study(file)->keep_verdict("{}");
  EXPECT_EQ(view_study(file)->page_result(kKey), "text");
  EXPECT_EQ(view_study(file)->verdict(), "{}");
}

}  // namespace
}  // namespace ocrtune
