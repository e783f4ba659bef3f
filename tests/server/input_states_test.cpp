#include "ocrtune/server/input_states.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "support/temp_folder.h"

namespace ocrtune::server {
namespace {
namespace fs = std::filesystem;
using namespace std::chrono_literals;

std::vector<InputFile> one(const fs::path& file) { return {{.path = file, .name = "a.png"}}; }

TEST(InputStates, ChangeWithTheFileItsEditsAndItsGroundTruth) {
  const test::TempFolder folder;
  const fs::path page = folder.write("a.png", "one");
  const InputStates first = input_states(one(page));
  EXPECT_EQ(input_states(one(page)), first);

  folder.write("a.png.edit.toml", "[1]\nrotate = 90\n");
  const InputStates edited = input_states(one(page));
  EXPECT_NE(edited.at(page).edits, first.at(page).edits);
  EXPECT_EQ(edited.at(page).pages, first.at(page).pages);

  folder.write("a.gt.txt", "text");
  const InputStates with_truth = input_states(one(page));
  EXPECT_NE(with_truth.at(page).truth, edited.at(page).truth);

  folder.write("a.png", "two and more");
  EXPECT_NE(input_states(one(page)).at(page).pages, first.at(page).pages);
  fs::remove(page);
  EXPECT_EQ(input_states(one(page)).at(page).pages, FileState{});
}

TEST(InputStates, GroundTruthOfAManifestIsTheOneThatItNames) {
  const test::TempFolder folder;
  std::vector<InputFile> files = one(folder.write("a.png", "one"));
  files.front().truth = folder.write("truths/a.txt", "text");
  const InputStates before = input_states(files);
  folder.write("truths/a.txt", "another text");
  EXPECT_NE(input_states(files), before);
}

TEST(InputStates, AFileThatIsBeingWrittenHasChangedJustNow) {
  const test::TempFolder folder;
  const fs::path page = folder.write("a.png", "one");
  EXPECT_TRUE(any_changed_within(input_states(one(page)), 1h));
  fs::last_write_time(page, fs::file_time_type::clock::now() - 2h);
  EXPECT_FALSE(any_changed_within(input_states(one(page)), 1h));
  fs::last_write_time(page, fs::file_time_type::clock::now() + 2h);
  EXPECT_FALSE(any_changed_within(input_states(one(page)), 1h));
}

}  // namespace
}  // namespace ocrtune::server
