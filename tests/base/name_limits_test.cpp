#include "ocrtune/base/name_limits.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <climits>

#include "support/errors.h"
#include "support/temp_folder.h"

namespace ocrtune {
namespace {
namespace fs = std::filesystem;

std::string text_of(std::size_t bytes) { return std::string(bytes, 'x'); }

TEST(NameLimits, AreThoseOfTheFileSystem) {
  const test::TempFolder folder;
  const long allowed = ::pathconf(folder.path().c_str(), _PC_NAME_MAX);
  ASSERT_GT(allowed, 0);
  const auto most = static_cast<std::size_t>(allowed);
  const NameLimits limits(folder.path() / "not" / "there" / "yet");
  EXPECT_EQ(limits.why_not(folder.path() / text_of(most)), "");
  const std::string why = limits.why_not(folder.path() / text_of(most + 1));
  EXPECT_EQ(why, "a name in the output would have " + std::to_string(most + 1) +
                     " bytes, the file system allows " + std::to_string(most));
  EXPECT_EQ(limits.why_not(folder.path() / text_of(most + 1) / "a.txt"), why);
}

/// A path of so many bytes.
fs::path path_of(std::size_t bytes) {
  std::string path = "/";
  while (path.size() + 101 < bytes) path += text_of(100) + "/";
  return path + text_of(bytes - path.size());
}

TEST(NameLimits, CountTheWholePath) {
  const NameLimits limits("/");
  EXPECT_EQ(limits.why_not(path_of(PATH_MAX - 1)), "");
  EXPECT_EQ(limits.why_not(path_of(PATH_MAX)),
            "the path of the output would have 4096 bytes, the system allows 4095");
}

TEST(NameLimits, CountTheNameOfAFileThatIsNotWhole) {
  const NameLimits limits("/");
  const fs::path folder = path_of(PATH_MAX - 10);
  EXPECT_TRUE(test::contains(limits.why_not(folder / "a.txt"), "the system allows 4095"));
}

TEST(NameLimits, OfTheWorkingFolder) {
  EXPECT_EQ(NameLimits("").why_not("a.txt"), "");
  EXPECT_NE(NameLimits("none").why_not("none/" + text_of(5000)), "");
}

}  // namespace
}  // namespace ocrtune
