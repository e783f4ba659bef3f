#include "ocrtune/base/kept_values.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "support/temp_folder.h"

namespace ocrtune {
namespace {

using nlohmann::json;
using test::TempFolder;

TEST(KeptValues, ComeBack) {
  const TempFolder folder;
  const KeptValues kept(folder.path() / "deeper" / "kept.json", 10);
  EXPECT_FALSE(kept.find("a"));
  kept.store("a", {{"cpu", 12.5}, {"opencl:0", 0}});
  kept.store("b", true);
  EXPECT_EQ(kept.find("a"), (json{{"cpu", 12.5}, {"opencl:0", 0}}));
  kept.store("a", 3);
  EXPECT_EQ(kept.find("a"), json(3));
  EXPECT_EQ(kept.find("b"), json(true));
  EXPECT_FALSE(kept.find(""));
}

TEST(KeptValues, AFileThatIsNoneOfThemIsReplaced) {
  const TempFolder folder;
  for (const std::string text : {"", "{", "[]", "3", "\xff\xfe"}) {
    const KeptValues kept(folder.write("kept.json", text), 10);
    EXPECT_FALSE(kept.find("a")) << text;
    kept.store("a", 2);
    EXPECT_EQ(kept.find("a"), json(2)) << text;
  }
}

TEST(KeptValues, AreThoseThatWereStoredLast) {
  const TempFolder folder;
  const KeptValues kept(folder.path() / "kept.json", 3);
  for (const std::string key : {"c", "b", "a", "c", "d"}) kept.store(key, key);
  EXPECT_FALSE(kept.find("b"));
  for (const std::string key : {"a", "c", "d"}) EXPECT_EQ(kept.find(key), json(key));
}

TEST(KeptValues, WhereNothingCanBeWrittenNothingIsKept) {
  const TempFolder folder;
  for (const std::filesystem::path& file :
       {std::filesystem::path(), std::filesystem::path("/proc/none/kept.json"), folder.path()}) {
    const KeptValues kept(file, 10);
    kept.store("a", 2);
    EXPECT_FALSE(kept.find("a")) << file;
  }
}

}  // namespace
}  // namespace ocrtune
