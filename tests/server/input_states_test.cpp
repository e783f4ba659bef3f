#include "ocrtune/server/input_states.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "support/temp_folder.h"

namespace ocrtune::server {
namespace {
namespace fs = std::filesystem;
using namespace std::chrono_literals;

std::vector<InputFile> one(const fs::path& file) { return {{.path = file, .name = "a.png"}}; }

const InputState& state_of_one(const InputStates& states) { return states.files.begin()->second; }

TEST(InputStates, ChangeWithTheFileItsEditsAndItsGroundTruth) {
  const test::TempFolder folder;
  const fs::path page = folder.write("a.png", "one");
  const InputStates first = input_states(one(page));
  EXPECT_EQ(input_states(one(page)), first);

  folder.write("a.png.edit.toml", "[1]\nrotate = 90\n");
  const InputStates edited = input_states(one(page));
  EXPECT_NE(state_of_one(edited).edits, state_of_one(first).edits);
  EXPECT_EQ(state_of_one(edited).pages, state_of_one(first).pages);

  folder.write("a.png", "two and more");
  EXPECT_NE(state_of_one(input_states(one(page))).pages, state_of_one(first).pages);
  fs::remove(page);
  EXPECT_EQ(state_of_one(input_states(one(page))).pages, FileState{});
}

TEST(InputStates, GroundTruthOfAnyPageAndFormIsSeen) {
  const test::TempFolder folder;
  const fs::path page = folder.write("a.tif", "pages");
  InputStates before = input_states(one(page));
  for (const char* name : {"a.gt.txt", "a.2.gt.txt", "a.gt.xml", "a.page.xml", "page/a.3.xml"}) {
    folder.write(name, "text");
    const InputStates now = input_states(one(page));
    EXPECT_NE(now, before) << name;
    before = now;
  }
  folder.write("a.txt", "no ground truth");
  folder.write("ab.gt.txt", "of another page");
  EXPECT_EQ(input_states(one(page)), before);
}

TEST(InputStates, GroundTruthOfAManifestIsTheOneThatItNames) {
  const test::TempFolder folder;
  std::vector<InputFile> files = one(folder.write("a.png", "one"));
  files.front().truth = folder.write("truths/a.txt", "text");
  const InputStates before = input_states(files);
  folder.write("truths/a.txt", "another text");
  EXPECT_NE(input_states(files), before);
}

TEST(InputStates, EveryFieldAndTheOrderOfEntriesCount) {
  const test::TempFolder folder;
  const InputFile first = one(folder.write("a.png", "one")).front();
  const InputFile second{.path = folder.write("b.png", "two"), .name = "b.png"};
  const InputStates states = input_states({first, second});
  EXPECT_EQ(input_states({first, second}), states);
  EXPECT_NE(input_states({second, first}), states);
  EXPECT_NE(input_states({first, second, second}), states);
  const auto changed = [&](const auto& change) {
    InputFile other = second;
    change(other);
    return input_states({first, other});
  };
  EXPECT_NE(changed([](InputFile& file) { file.name = "c.png"; }), states);
  EXPECT_NE(changed([](InputFile& file) { file.lang = "fra"; }), states);
  EXPECT_NE(changed([](InputFile& file) { file.labels = {{"year", "1901"}}; }), states);
  EXPECT_NE(changed([](InputFile& file) { file.pages = {{0, 2}}; }), states);
  EXPECT_NE(changed([](InputFile& file) { file.truth = file.path; }), states);
}

TEST(InputStates, AFileThatIsBeingWrittenHasChangedJustNow) {
  const test::TempFolder folder;
  const fs::path page = folder.write("a.png", "one");
  EXPECT_TRUE(any_changed_within(input_states(one(page)), 1h));
  fs::last_write_time(page, fs::file_time_type::clock::now() - 2h);
  EXPECT_FALSE(any_changed_within(input_states(one(page)), 1h));
  fs::last_write_time(page, fs::file_time_type::clock::now() + 2h);
  EXPECT_FALSE(any_changed_within(input_states(one(page)), 1h));
  folder.write("a.gt.txt", "text");
  EXPECT_TRUE(any_changed_within(input_states(one(page)), 1h));
}

}  // namespace
}  // namespace ocrtune::server
