// The folders of the library, in the order that docs/explanation/design.md has them.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "documents.h"
#include "ocrtune/base/files.h"

namespace ocrtune::docs_test {
namespace {

namespace fs = std::filesystem;

/// By folder its place; "ocr/lstm" and "kernels/cuda" belong to the folder they lie in.
std::map<std::string, std::size_t> places() {
  std::map<std::string, std::size_t> found;
  const std::string text =
      section(repository_text("docs/explanation/design.md"), "Folders, and how data flows");
  for (const Row& row : first_table(text)) found.emplace(plain(row.front()), found.size());
  return found;
}

bool is_source(const fs::path& path) {
  const std::string ending = path.extension().string();
  return ending == ".h" || ending == ".cpp" || ending == ".cu";
}

TEST(DocsFolders, TheTableHasEveryFolder) {
  const std::map<std::string, std::size_t> known = places();
  for (const fs::directory_entry& entry : fs::directory_iterator(in_repository("src/ocrtune"))) {
    const std::string name = entry.path().filename().string();
    EXPECT_TRUE(!entry.is_directory() || known.contains(name)) << name;
  }
}

TEST(DocsFolders, NoneIncludesOneBelowIt) {
  const std::map<std::string, std::size_t> known = places();
  ASSERT_GT(known.size(), 10U);
  std::size_t includes = 0;
  const fs::path sources = in_repository("src/ocrtune");
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(sources)) {
    if (!is_source(entry.path())) continue;
    const std::string folder = entry.path().lexically_relative(sources).begin()->string();
    const std::string text = read_text(entry.path(), 1'000'000);
    for (const std::string& used : all_matches(text, "#include \"ocrtune/(\\w+)/")) {
      ++includes;
      EXPECT_TRUE(known.contains(used)) << entry.path() << " includes " << used;
      const auto place = known.find(used);
      EXPECT_TRUE(place == known.end() || !known.contains(folder) ||
                  place->second <= known.at(folder))
          << entry.path() << " includes " << used;
    }
  }
  EXPECT_GT(includes, 1000U);
}

/// Sources outside of `folder` that include another of its headers than `open` ones.
std::vector<std::string> intruders(const std::string& folder, const std::set<std::string>& open) {
  std::vector<std::string> found;
  const fs::path sources = in_repository("src/ocrtune");
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(sources)) {
    const std::string path = entry.path().lexically_relative(sources).generic_string();
    if (!is_source(entry.path()) || path.starts_with(folder + "/")) continue;
    const std::string text = read_text(entry.path(), 1'000'000);
    for (const std::string& used : all_matches(text, "#include \"ocrtune/" + folder + "/(.+)\"")) {
      if (!open.contains(used)) found.push_back(path + " includes " + used);
    }
  }
  return found;
}

TEST(DocsFolders, TheReaderAndItsLayoutAreEnteredByTheirInterface) {
  const std::vector<std::string> none;
  EXPECT_EQ(intruders("ocr/lstm", {"lstm_recognizer.h"}), none);
  EXPECT_EQ(intruders("ocr/layout", {"layout.h", "box.h"}), none);
  for (const fs::directory_entry& entry :
       fs::directory_iterator(in_repository("src/ocrtune/ocr/lstm"))) {
    if (!is_source(entry.path())) continue;
    EXPECT_EQ(read_text(entry.path(), 1'000'000).find("<tesseract/"), std::string::npos)
        << entry.path() << ": what is asked of Tesseract is in ocr/layout";
  }
}

}  // namespace
}  // namespace ocrtune::docs_test
