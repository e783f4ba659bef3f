#include "ocrtune/catalogue/study_files.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <vector>

#include "support/errors.h"
#include "support/temp_folder.h"

namespace ocrtune {
namespace {

using test::error_of;

TEST(StudyFiles, NamesOfStudies) {
  for (const std::string id : {"a", "My study 2", "r\u00e9cipes", "a..b", "x-1_2.3"})
    EXPECT_NO_THROW(check_study_id(id)) << id;
  const std::string too_long(101, 'a');
  for (const std::string& id : std::vector<std::string>{
           "", ".", "..", ".a", "-a", " a", "a ", "a/b", "a\\b", "a\nb", "a\x7f", "\xff", too_long})
    error_of(Errc::invalid_argument, [&] { check_study_id(id); });
}

TEST(StudyFiles, AreRegularFilesOfTheFolderItself) {
  const test::TempFolder folder;
  for (const char* name : {"b.db", "a.db", ".hidden.db", "a.txt"})
    std::ofstream(folder.path() / name) << name;
  std::filesystem::create_symlink(folder.path() / "a.db", folder.path() / "link.db");
  EXPECT_EQ(study_ids(folder.path()), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(study_file(folder.path(), "a"), folder.path() / "a.db");
  error_of(Errc::not_found, [&] { (void)study_file(folder.path(), "c"); });
  error_of(Errc::not_found, [&] { (void)study_file(folder.path(), "link"); });
  const FileStamp before = stamp_of(folder.path() / "a.db");
  std::ofstream(folder.path() / "a.db-wal") << "more";
  EXPECT_NE(stamp_of(folder.path() / "a.db"), before);
}

}  // namespace
}  // namespace ocrtune
