#include "ocrtune/ocr/engines/passed_self_checks.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "ocrtune/base/files.h"
#include "ocrtune/ocr/languages.h"
#include "support/temp_folder.h"

namespace ocrtune {
namespace {

namespace fs = std::filesystem;

TEST(SelfCheckKey, IsTheSameAsLongAsNothingChanges) {
  EXPECT_EQ(self_check_key("lstm", "eng", {}), self_check_key("lstm", "eng", {}));
}

TEST(SelfCheckKey, DiffersWithWhatTheOutcomeHangsOn) {
  const test::TempFolder folder;
  const fs::path model = folder.path() / "eng.traineddata";
  write_atomically(model, "a model");
  RecognitionOptions options{.tessdata = folder.path().string()};
  std::set<std::string> keys{self_check_key("lstm", "eng", options)};
  keys.insert(self_check_key("other", "eng", options));
  keys.insert(self_check_key("lstm", "eng+fra", options));
  keys.insert(self_check_key("lstm", "eng", {}));
  options.psm = 3;
  keys.insert(self_check_key("lstm", "eng", options));
  options.oem = 3;
  keys.insert(self_check_key("lstm", "eng", options));
  EXPECT_EQ(keys.size(), 6U);

  fs::last_write_time(model, fs::last_write_time(model) + std::chrono::seconds(1));
  keys.insert(self_check_key("lstm", "eng", options));
  write_atomically(folder.path() / "eng_vert.traineddata", "what eng may draw in");
  keys.insert(self_check_key("lstm", "eng", options));
  EXPECT_EQ(keys.size(), 8U);
}

TEST(PassedSelfChecks, KeepsTheLastKeys) {
  const test::TempFolder folder;
  const PassedSelfChecks passed(folder.path() / "deep" / "self_checks.txt");
  EXPECT_FALSE(passed.contains("a"));
  passed.add("a");
  passed.add("b");
  passed.add("a");
  EXPECT_TRUE(passed.contains("a"));
  EXPECT_TRUE(passed.contains("b"));
  EXPECT_FALSE(passed.contains(""));
  EXPECT_EQ(read_text(folder.path() / "deep" / "self_checks.txt", 100), "b\na\n");
  for (int i = 0; i < 255; ++i) passed.add(std::to_string(i));
  EXPECT_FALSE(passed.contains("b"));
  EXPECT_TRUE(passed.contains("a"));
  EXPECT_TRUE(passed.contains("254"));
}

TEST(PassedSelfChecks, LivesWithoutAFile) {
  const PassedSelfChecks nowhere{{}};
  nowhere.add("a");
  EXPECT_FALSE(nowhere.contains("a"));
  const test::TempFolder folder;
  const PassedSelfChecks of_a_folder(folder.path());
  of_a_folder.add("a");
  EXPECT_FALSE(of_a_folder.contains("a"));
}

}  // namespace
}  // namespace ocrtune
