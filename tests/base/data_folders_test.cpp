#include "ocrtune/base/data_folders.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "ocrtune/base/version.h"

namespace ocrtune {
namespace {

namespace fs = std::filesystem;

TEST(DataFolders, AreBesideTheProgramAndInTheInstallation) {
  const auto folders = data_folders("engines");
  const fs::path own = folders.front().parent_path().parent_path().parent_path();
  const auto has = [&](const fs::path& folder) {
    return std::ranges::find(folders, folder) != folders.end();
  };
  EXPECT_TRUE(has(own / "share/ocrtune/engines"));
  EXPECT_TRUE(has(fs::path(installed_library_folder()) / "engines"));
}

TEST(DataFolders, TheFirstFileIsTakenAndAFolderIsNone) {
  EXPECT_EQ(data_file("no/such/file"), fs::path());
  EXPECT_EQ(data_file("engines"), fs::path());
  const fs::path parser = data_file("ocrtune-pdf");
  EXPECT_TRUE(fs::is_regular_file(parser)) << parser;
}

}  // namespace
}  // namespace ocrtune
