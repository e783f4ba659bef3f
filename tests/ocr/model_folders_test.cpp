#include "ocrtune/ocr/model_folders.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>

#include "support/temp_folder.h"

namespace ocrtune {
namespace {

namespace fs = std::filesystem;
using test::TempFolder;

/// A variable of the environment for the time of a test.
class Variable {
 public:
  Variable(const char* name, const std::string& value) : name_(name) {
    if (const char* before = std::getenv(name)) before_ = before;
    ::setenv(name, value.c_str(), 1);
  }
  ~Variable() {
    if (before_)
      ::setenv(name_, before_->c_str(), 1);
    else
      ::unsetenv(name_);
  }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;

 private:
  const char* name_;
  std::optional<std::string> before_;
};

TEST(ModelFolders, ThatOfTheEnvironmentIsAlone) {
  const TempFolder folder;
  folder.write("given/tessdata/eng.traineddata", "x");
  folder.write("data/ocrtune/tessdata/fra.traineddata", "x");
  const Variable data("XDG_DATA_HOME", folder.path() / "data");
  const Variable prefix("TESSDATA_PREFIX", folder.path() / "given");
  const fs::path given = folder.path() / "given/tessdata";
  EXPECT_EQ(model_folders(), std::vector{given});
  EXPECT_EQ(default_model_folder(), given);
  EXPECT_EQ(shown_model_folder(given), given);
}

TEST(ModelFolders, ModelsOfAllAreInOneFolder) {
  const TempFolder folder;
  const fs::path own = folder.path() / "data/ocrtune/tessdata";
  folder.write("data/ocrtune/tessdata/mine.traineddata", "mine");
  folder.write("data/ocrtune/tessdata/eng.traineddata", "my eng");
  folder.write("data/ocrtune/tessdata/script/Mine.traineddata", "script");
  const Variable data("XDG_DATA_HOME", folder.path() / "data");
  const Variable cache("OCRTUNE_CACHE", folder.path() / "cache");
  const Variable prefix("TESSDATA_PREFIX", "");
  ASSERT_EQ(own_model_folder(), own);
  const auto folders = model_folders();
  ASSERT_GE(folders.size(), 2U) << "these tests need Tesseract's models";
  EXPECT_EQ(folders.front(), own);
  const fs::path all = default_model_folder();
  EXPECT_EQ(all.parent_path(), folder.path() / "cache/tessdata");
  EXPECT_EQ(fs::read_symlink(all / "mine.traineddata"), own / "mine.traineddata");
  EXPECT_EQ(fs::read_symlink(all / "eng.traineddata"), own / "eng.traineddata") << "precedence";
  EXPECT_EQ(fs::read_symlink(all / "script/Mine.traineddata"), own / "script/Mine.traineddata");
  EXPECT_EQ(fs::read_symlink(all / "osd.traineddata"), folders[1] / "osd.traineddata");
  EXPECT_EQ(default_model_folder(), all) << "it is made once";
  EXPECT_EQ(shown_model_folder(all), own.string() + ", " + folders[1].string());
  // What is added later is there.
  folder.write("data/ocrtune/tessdata/more.traineddata", "more");
  EXPECT_TRUE(fs::is_regular_file(fs::path(default_model_folder()) / "more.traineddata"));
}

TEST(ModelFolders, WithoutACacheTheFirstIsTaken) {
  const TempFolder folder;
  folder.write("data/ocrtune/tessdata/mine.traineddata", "mine");
  folder.write("file", "no folder can be made in a file");
  const Variable data("XDG_DATA_HOME", folder.path() / "data");
  const Variable cache("OCRTUNE_CACHE", folder.path() / "file/cache");
  const Variable prefix("TESSDATA_PREFIX", "");
  EXPECT_EQ(default_model_folder(), folder.path() / "data/ocrtune/tessdata");
}

}  // namespace
}  // namespace ocrtune
