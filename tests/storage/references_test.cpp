// References of pages, kept with a study.

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

TEST(StorageReferences, AreGivenBackExactlyAndWrittenOnce) {
  const TempFolder folder;
  const auto file = folder.path() / "s.db";
  const auto study = create_study(file, study_definition(3));
  EXPECT_TRUE(study->references(PagesOfStudy::tuned).empty());
  study->keep_reference(PagesOfStudy::tuned, 2, "two\nlines");
  study->keep_reference(PagesOfStudy::tuned, 0, std::nullopt);
  study->keep_reference(PagesOfStudy::tuned, 2, "another");
  const KeptReferences expected{{0, std::nullopt}, {2, "two\nlines"}};
  EXPECT_EQ(study->references(PagesOfStudy::tuned), expected);
  EXPECT_EQ(view_study(file)->references(PagesOfStudy::tuned), expected);
  EXPECT_TRUE(study->references(PagesOfStudy::held_out).empty());
}

TEST(StorageReferences, DamagedRowsAreSaid) {
  for (const char* sql : {"INSERT INTO ocrtune_references VALUES (0, 3, 'of no page')",
                          "INSERT INTO ocrtune_references VALUES (0, -1, 'of no page')",
                          "INSERT INTO ocrtune_references VALUES (0, 1, x'00ff')",
                          "INSERT INTO ocrtune_references VALUES (0, -1, NULL)"}) {
    const TempFolder folder;
    const auto file = folder.path() / "s.db";
    create_study(file, study_definition(3));
    run_sql(file, sql);
    const auto study = view_study(file);
    EXPECT_TRUE(
        contains(error_of(Errc::study_error, [&] { (void)study->references(PagesOfStudy::tuned); }),
                 "s.db: "))
        << sql;
  }
}

TEST(StorageReferences, AStudyOfAnEarlierVersionHasNoneAndKeepsNewOnes) {
  const TempFolder folder;
  const auto file = folder.path() / "s.db";
  create_study(file, study_definition(3));
  run_sql(file, "DROP TABLE ocrtune_references");
  EXPECT_TRUE(view_study(file)->references(PagesOfStudy::tuned).empty());
  open_study(file)->keep_reference(PagesOfStudy::tuned, 0, "text");
  EXPECT_EQ(view_study(file)->references(PagesOfStudy::tuned).size(), 1U);
}

}  // namespace
}  // namespace ocrtune
