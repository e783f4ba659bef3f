#include "ocrtune/base/input_folders.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "ocrtune/base/files.h"
#include "support/errors.h"
#include "support/temp_folder.h"

namespace ocrtune {
namespace {
namespace fs = std::filesystem;

using test::contains;
using test::error_of;
using test::TempFolder;

class InputFolders : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_.write("in/a.txt", "inside");
    folder_.write("out/b.txt", "outside");
    folder_.write("into/c.txt", "outside");
    fs::create_symlink(path("out/b.txt"), path("in/link.txt"));
    fs::create_directory_symlink(path("out"), path("in/folder"));
    fs::create_symlink(path("in/a.txt"), path("out/back.txt"));
  }
  void TearDown() override { ::unsetenv(kInputFoldersVariable); }

  [[nodiscard]] fs::path path(const std::string& name) const {
    return fs::canonical(folder_.path()) / name;
  }
  [[nodiscard]] std::string read(const std::string& name) const {
    return read_input_text(path(name), 100);
  }
  [[nodiscard]] std::string refusal(const std::string& name) const {
    return error_of(Errc::input_unreadable, [&] { (void)read(name); });
  }

  TempFolder folder_;
};

TEST_F(InputFolders, EverythingIsReadWithoutThem) {
  EXPECT_FALSE(are_inputs_confined());
  EXPECT_EQ(read("out/b.txt"), "outside");
  EXPECT_EQ(read("in/link.txt"), "outside");
}

TEST_F(InputFolders, NothingElseIsReadWithThem) {
  confine_inputs({path("in")});
  EXPECT_TRUE(are_inputs_confined());
  EXPECT_EQ(read("in/a.txt"), "inside");
  EXPECT_EQ(read("out/back.txt"), "inside");  // what counts is where the file is
  for (const char* name :
       {"out/b.txt", "into/c.txt", "in/../out/b.txt", "in/link.txt", "in/folder/b.txt"}) {
    EXPECT_TRUE(contains(refusal(name), "is outside the folders that may be read")) << name;
    EXPECT_THROW((void)read_input_bytes(path(name), 100), Error) << name;
  }
  EXPECT_EQ(read_text(path("out/b.txt"), 100), "outside");  // no input
}

TEST_F(InputFolders, NobodyLearnsWhatThereIsElsewhere) {
  confine_inputs({path("in")});
  for (const char* name : {"out/none", "out", "in/folder/none", "none"})
    EXPECT_TRUE(contains(refusal(name), "is outside the folders that may be read")) << name;
  EXPECT_FALSE(contains(refusal("in/none"), "outside"));
}

TEST_F(InputFolders, AreSeveral) {
  confine_inputs({path("in"), path("out")});
  EXPECT_EQ(read("in/link.txt"), "outside");
  EXPECT_THROW((void)read("into/c.txt"), Error);
  EXPECT_TRUE(contains(error_of(Errc::invalid_argument, [] { confine_inputs({"/a\n/etc"}); }),
                       "line break"));
  ::setenv(kInputFoldersVariable, "", 1);
  EXPECT_THROW((void)read("in/a.txt"), Error);
}

}  // namespace
}  // namespace ocrtune
