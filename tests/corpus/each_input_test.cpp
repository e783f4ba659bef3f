#include "ocrtune/corpus/each_input.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sstream>
#include <tuple>

#include "support/temp_folder.h"

namespace ocrtune {
namespace {
namespace fs = std::filesystem;

using test::TempFolder;

/// Of each file what is not the default, and the problems.
using Listed =
    std::pair<std::vector<std::tuple<fs::path, std::string, std::string, std::optional<fs::path>>>,
              std::vector<std::pair<std::string, std::string>>>;

void add(Listed& listed, const InputFile& file) {
  listed.first.emplace_back(file.path, file.name, file.lang, file.truth);
}

void add(Listed& listed, const std::vector<Problem>& problems) {
  for (const Problem& problem : problems) listed.second.emplace_back(problem.where, problem.what);
}

/// What for_each_input() gives; the test fails unless expand_inputs() gives the same.
Listed each(const std::vector<std::string>& arguments, const std::string& list = "") {
  Listed listed;
  std::vector<Problem> problems;
  std::istringstream lines(list);
  for_each_input(arguments, lines, problems, [&](const InputFile& file) {
    add(listed, file);
    return true;
  });
  add(listed, problems);
  Listed expanded;
  std::vector<Problem> same;
  std::istringstream again(list);
  for (const InputFile& file : expand_inputs(arguments, again, same)) add(expanded, file);
  add(expanded, same);
  EXPECT_EQ(listed, expanded);
  return listed;
}

TEST(EachInput, FoldersAreInTheOrderOfTheirSortedPaths) {
  const TempFolder folder;
  // Bytes before and after the slash, folders and files whose names begin alike.
  for (const char* name :
       {"b.png", "a/z.TIF", "a/deep/er/x.jpeg", "a.b/y.png", "a b/y.png", "a-/y.png", "a0.png",
        "a.png", "A.png", "\xc3\xa9.png", "a/10.png", "a/9.png", "c.pdf", "notes.txt",
        ".hidden.png", ".cache/y.png", "a/.x/z.png", "only texts/a.txt"}) {
    folder.write(name, "x");
  }
  fs::create_directory_symlink(folder.path() / "a", folder.path() / "linked.png");
  fs::create_symlink(folder.path() / "b.png", folder.path() / "link.png");
  fs::create_symlink("nowhere", folder.path() / "broken.png");
  const std::string root = folder.path().string();
  EXPECT_EQ(each({root}).first.size(), 15U);
  EXPECT_EQ(each({root + "/"}).first.size(), 15U);
  EXPECT_EQ(each({root + "/a/../a b", root + "/a"}).first.size(), 5U);
}

TEST(EachInput, OtherInputsAreThoseOfExpandInputs) {
  const TempFolder folder;
  const std::string root = folder.path().string();
  for (const char* name :
       {"p2.png", "p1.png", "q.png", "[x].png", "set/a.png", "set/b.png", "s*.png"})
    folder.write(name, "x");
  folder.write("set.csv", "file;lang;truth\nset/b.png;fra;b.txt\nset/a.png;;\n");
  folder.write("wrong.csv", "");
  fs::create_directory(folder.path() / "empty");
  const Listed listed = each(
      {root + "/q.png", root + "/p*.png", root + "/[x].png", root + "/z*.png", root + "/set.csv",
       root + "/wrong.csv", root + "/none", root + "/empty", "-", root + "/set"},
      root + "/s*.png\r\n\n" + root + "/set\n/none.png\n-\n" + root + "/q.png");
  EXPECT_EQ(listed.first.size(), 12U);
  EXPECT_EQ(listed.second.size(), 6U);
}

TEST(EachInput, OfAFolderOnlyWhatPeoplePutThere) {
  const TempFolder folder;
  for (const char* name :
       {"page10.png", "page2.png", "page2.gt.txt", "s.db-lock", "#recycle/old.png",
        "sub/@eaDir/x.png", "cache/thumbs/y.png", "Thumbs/b.png", "out/page2.png", "sub/out/x.png",
        "a.docx", "b.DOCX", "c.mp4", "noextension"})
    folder.write(name, "x");
  fs::create_directory_symlink(folder.path() / "sub", folder.path() / "linked");
  std::vector<Problem> problems;
  std::vector<std::string> names;
  std::istringstream none;
  for_each_input(
      {folder.path().string()}, none, problems,
      [&](const InputFile& file) {
        names.push_back(file.name);
        return true;
      },
      folder.path() / "out");
  EXPECT_EQ(names,
            (std::vector<std::string>{"Thumbs/b.png", "page2.png", "page10.png", "sub/out/x.png"}));
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0].what,
            "4 files left out, being no pages: 2 .docx, 1 without an extension, 1 .mp4; linked "
            "folders are not followed: linked");
  EXPECT_EQ(count_left_out(problems), 0U);
}

TEST(EachInput, AFolderThatIsNotPermittedIsLeftOut) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may read every folder";
  const TempFolder folder;
  folder.write("a/x.png", "x");
  folder.write("b/x.png", "x");
  ::chmod((folder.path() / "a").c_str(), 0);
  const Listed listed = each({folder.path().string()});
  ::chmod((folder.path() / "a").c_str(), 0700);
  EXPECT_EQ(listed.first.size(), 1U);
  EXPECT_TRUE(listed.second.empty());
}

TEST(EachInput, EndsWhenNoMoreIsWanted) {
  const TempFolder folder;
  for (const char* name : {"a/1.png", "a/2.png", "b/3.png"}) folder.write(name, "x");
  const std::string root = folder.path().string();
  std::size_t taken = 0;
  std::vector<Problem> problems;
  std::istringstream list(root + "\n");
  for_each_input({root, root, "-"}, list, problems, [&](const InputFile&) { return ++taken < 2; });
  EXPECT_EQ(taken, 2U);
  EXPECT_TRUE(problems.empty());
}

}  // namespace
}  // namespace ocrtune
