#include "ocrtune/workflow/list_collection.h"

#include <gtest/gtest.h>

#include <sstream>

#include "support/temp_folder.h"

namespace ocrtune::workflow {
namespace {

using test::TempFolder;

TEST(ListCollection, GivesFilesInPartsAndInTheirOrder) {
  const TempFolder folder;
  std::vector<std::string> expected;
  for (int i = 0; i < 2300; ++i) {
    expected.push_back("box " + std::to_string(i / 100 + 10) + "/p" + std::to_string(i + 10'000));
    folder.write(expected.back() + ".png", "");
  }
  std::vector<std::string> outputs;
  std::size_t parts = 0;
  const CollectionLanguages found =
      list_collection({.inputs = {folder.path().string()}}, "eng", {},
                      [&](std::size_t first, std::span<const CollectionFile> files) {
                        EXPECT_EQ(first, outputs.size());
                        EXPECT_LE(files.size(), 1000U);
                        for (const CollectionFile& file : files) {
                          outputs.push_back(file.output.string());
                          EXPECT_EQ(file.path, folder.path() / file.name);
                        }
                        ++parts;
                      });
  EXPECT_EQ(outputs, expected);
  EXPECT_EQ(parts, 3U);
  EXPECT_EQ(found.languages, std::set<std::string>{"eng"});
  EXPECT_EQ(found.left_out, 0U);
}

TEST(ListCollection, WarnsOfWhatCannotBeUsedAndNamesLanguages) {
  const TempFolder folder;
  folder.write("set.csv", "file;lang\na.png;fra\nb.png;\n");
  folder.write("latin/\xe9.png", "");
  std::vector<std::string> warnings;
  std::istringstream list("/none.png\n" + (folder.path() / "latin").string() + "\n");
  std::vector<std::string> names;
  const CollectionLanguages found =
      list_collection({.inputs = {(folder.path() / "set.csv").string(), "-"}, .list = &list}, "deu",
                      {.warn = [&](const std::string& line) { warnings.push_back(line); }},
                      [&](std::size_t, std::span<const CollectionFile> files) {
                        for (const CollectionFile& file : files)
                          names.push_back(file.name + " " + file.lang);
                      });
  EXPECT_EQ(names, (std::vector<std::string>{"a.png fra", "b.png deu"}));
  EXPECT_EQ(found.languages, (std::set<std::string>{"deu", "fra"}));
  EXPECT_EQ(found.left_out, 2U);
  ASSERT_EQ(warnings.size(), 2U);
  EXPECT_EQ(warnings[0], "/none.png: no such file or folder");
  EXPECT_TRUE(warnings[1].ends_with("/latin/?.png: its name is not UTF-8")) << warnings[1];
}

TEST(ListCollection, KeepsUrlsAndMakesPathsAbsolute) {
  const TempFolder folder;
  folder.write("a.png", "");
  const auto relative = folder.path().lexically_relative(std::filesystem::current_path());
  std::istringstream list("https://example.org/scans//a.png\n");
  std::vector<std::filesystem::path> paths;
  (void)list_collection({.inputs = {"-", relative.string()}, .list = &list}, "eng", {},
                        [&](std::size_t, std::span<const CollectionFile> files) {
                          for (const CollectionFile& file : files) paths.push_back(file.path);
                        });
  EXPECT_EQ(paths, (std::vector<std::filesystem::path>{"https://example.org/scans//a.png",
                                                       folder.path() / "a.png"}));
}

TEST(ListCollection, EndsWhenItIsStopped) {
  const TempFolder folder;
  for (const char* name : {"a.png", "b.png"}) folder.write(name, "");
  const std::atomic<bool> stop{true};
  std::size_t files = 0;
  (void)list_collection(
      {.inputs = {folder.path().string()}}, "eng", {.stop = &stop},
      [&](std::size_t, std::span<const CollectionFile> part) { files += part.size(); });
  EXPECT_EQ(files, 1U);
}

}  // namespace
}  // namespace ocrtune::workflow
