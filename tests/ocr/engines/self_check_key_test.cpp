#include "ocrtune/ocr/engines/self_check_key.h"

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

}  // namespace
}  // namespace ocrtune
