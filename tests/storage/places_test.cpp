// Where a study's pages are: kept, given back, never compared, and moved with the files.
#include <gtest/gtest.h>

#include <filesystem>

#include "ocrtune/storage/storage.h"
#include "support/sql.h"
#include "support/studies.h"
#include "support/temp_folder.h"

namespace ocrtune {
namespace {
namespace fs = std::filesystem;

using test::random_trial;
using test::study_definition;
using test::TempFolder;

StudyDefinition definition_with_held_out() {
  StudyDefinition definition = study_definition(4);
  definition.held_out = {definition.pages.back()};
  definition.pages.pop_back();
  return definition;
}

/// The same pages in another folder, whose name isn't UTF-8.
std::vector<PageRecord> moved(std::vector<PageRecord> pages) {
  for (PageRecord& page : pages) {
    page.file = fs::path("/elsewhere/\xff") / page.file.filename();
    if (!page.truth_file.empty()) page.truth_file = page.file.string() + ".gt.txt";
    ++page.file_page;
  }
  return pages;
}

TEST(StudyPlaces, AreGivenBack) {
  const TempFolder folder;
  const fs::path file = folder.path() / "s.db";
  const StudyDefinition definition = definition_with_held_out();
  (void)create_study(file, definition);
  EXPECT_TRUE(test::same_definition(view_study(file)->definition(), definition));
  EXPECT_FALSE(definition.held_out.front().file.empty());
}

TEST(StudyPlaces, AreNotCompared) {
  const StudyDefinition stored = definition_with_held_out();
  StudyDefinition now = stored;
  now.pages = moved(now.pages);
  now.held_out = moved(now.held_out);
  EXPECT_TRUE(differences(stored, now).empty());
}

TEST(StudyPlaces, MoveWithTheFiles) {
  const TempFolder folder;
  const fs::path file = folder.path() / "s.db";
  const StudyDefinition definition = definition_with_held_out();
  const auto study = create_study(file, definition);
  study->locate(moved(definition.pages), moved(definition.held_out));
  StudyDefinition expected = definition;
  expected.pages = moved(definition.pages);
  expected.held_out = moved(definition.held_out);
  EXPECT_TRUE(test::same_definition(study->definition(), expected));
  EXPECT_TRUE(test::same_definition(view_study(file)->definition(), expected));
}

TEST(StudyPlaces, ThatAreTheSameWriteNothing) {
  const TempFolder folder;
  const fs::path file = folder.path() / "s.db";
  const StudyDefinition definition = definition_with_held_out();
  const auto study = create_study(file, definition);
  test::run_sql(file, "UPDATE ocrtune_pages SET file = '/kept'");
  study->locate(definition.pages, definition.held_out);
  EXPECT_EQ(view_study(file)->definition().pages.front().file, "/kept");
}

}  // namespace
}  // namespace ocrtune
