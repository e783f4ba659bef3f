#include "ocrtune/server/roots.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "ocrtune/server/folders.h"
#include "ocrtune/server/message.h"
#include "support/temp_folder.h"

namespace ocrtune::server {
namespace {

namespace fs = std::filesystem;

void touch(const fs::path& path) { std::ofstream(path) << "x"; }

/// root/page.png, root/inner/, root/out -> outside, root/in -> inner; outside/secret.png.
class RootsTest : public ::testing::Test {
 protected:
  RootsTest() {
    fs::create_directories(root / "inner");
    fs::create_directories(outside);
    touch(root / "page.png");
    touch(root / "notes.doc");
    touch(root / ".hidden.png");
    touch(outside / "secret.png");
    fs::create_directory_symlink(outside, root / "out");
    fs::create_directory_symlink(root / "inner", root / "in");
    fs::create_symlink(outside / "secret.png", root / "link.png");
    roots.emplace(std::vector<fs::path>{root});
  }

  int status_of(const std::string& path) const {
    try {
      (void)roots->inside(path);
    } catch (const HttpError& error) {
      return error.http_status();
    }
    return 200;
  }

  test::TempFolder folder;
  fs::path root = folder.path() / "root";
  fs::path outside = folder.path() / "outside";
  std::optional<Roots> roots;
};

TEST_F(RootsTest, TakesWhatIsBelowThem) {
  EXPECT_EQ(status_of(root.string()), 200);
  EXPECT_EQ(status_of((root / "page.png").string()), 200);
  EXPECT_EQ(status_of((root / "in").string()), 200);
  EXPECT_EQ(status_of((root / "inner" / ".." / "page.png").string()), 200);
}

TEST_F(RootsTest, RefusesEverythingElseAlike) {
  EXPECT_EQ(status_of(""), 403);
  EXPECT_EQ(status_of("page.png"), 403);
  EXPECT_EQ(status_of("/"), 403);
  EXPECT_EQ(status_of("/etc/passwd"), 403);
  EXPECT_EQ(status_of("/not/there"), 403);
  EXPECT_EQ(status_of(root.string() + "more"), 403);
  EXPECT_EQ(status_of((root / ".." / "outside" / "secret.png").string()), 403);
  EXPECT_EQ(status_of((root / "out" / "secret.png").string()), 403);
  EXPECT_EQ(status_of((root / "out" / "nothing.png").string()), 403);
  EXPECT_EQ(status_of((root / "link.png").string()), 403);
}

TEST_F(RootsTest, TellsWhatIsMissingInside) {
  EXPECT_EQ(status_of((root / "nothing.png").string()), 404);
}

TEST_F(RootsTest, ListsPagesAndFoldersButNothingHiddenOrOutside) {
  const nlohmann::json listing = folder_listing(*roots, root.string());
  std::vector<std::string> names;
  for (const char* kind : {"folders", "files"}) {
    for (const auto& entry : listing[kind]) names.push_back(entry["name"]);
  }
  EXPECT_EQ(names, (std::vector<std::string>{"in", "inner", "page.png"}));
  EXPECT_TRUE(listing["parent"].is_null());
  EXPECT_EQ(folder_listing(*roots, (root / "inner").string())["parent"], roots->first().string());
}

TEST_F(RootsTest, AFileIsNoFolder) {
  EXPECT_THROW((void)Roots({root / "page.png"}), Error);
  EXPECT_THROW((void)folder_listing(*roots, (root / "page.png").string()), HttpError);
}

TEST(FileName, IsOnePartAndNotHidden) {
  for (const char* name : {"", ".", "..", ".x", "a/b", "../a", "a\\b", "a\nb", "a\x7f"}) {
    EXPECT_THROW(check_file_name(name), HttpError) << name;
  }
  EXPECT_THROW(check_file_name(std::string(201, 'a')), HttpError);
  EXPECT_NO_THROW(check_file_name("Seite 1 (ä).png"));
}

RC_GTEST_PROP(FileName, WhatIsTakenStaysInItsFolder, (const std::string& name)) {
  try {
    check_file_name(name);
  } catch (const HttpError&) {
    return;
  }
  const fs::path path = (fs::path("/folder") / name).lexically_normal();
  RC_ASSERT(path.parent_path() == "/folder");
}

}  // namespace
}  // namespace ocrtune::server
