#include "ocrtune/corpus/inputs.h"

#include <gtest/gtest.h>

#include <sstream>

#include "support/errors.h"
#include "support/temp_folder.h"

namespace ocrtune {
namespace {
namespace fs = std::filesystem;

using test::contains;
using test::TempFolder;

struct Expanded {
  std::vector<std::string> names;
  std::vector<InputFile> files;
  std::vector<Problem> problems;
};

Expanded expand(const std::vector<std::string>& arguments, const std::string& standard_input = "") {
  Expanded result;
  std::istringstream in(standard_input);
  result.files = expand_inputs(arguments, in, result.problems);
  for (const InputFile& file : result.files) result.names.push_back(file.name);
  return result;
}

using Names = std::vector<std::string>;

TEST(Inputs, FoldersAreSearchedThroughInOrder) {
  const TempFolder folder;
  for (const char* name : {"b.png", "a/z.TIF", "a/deep/er/x.jpeg", "c.pdf", "notes.txt", "b.gt.txt",
                           ".hidden.png", ".cache/y.png", "a/.x/z.png", "B.webp"}) {
    folder.write(name, "x");
  }
  const Expanded found = expand({folder.path().string()});
  EXPECT_EQ(found.names, (Names{"B.webp", "a/deep/er/x.jpeg", "a/z.TIF", "b.png", "c.pdf"}));
  EXPECT_TRUE(found.problems.empty());
  EXPECT_EQ(found.files[1].path, folder.path() / "a/deep/er/x.jpeg");
  EXPECT_EQ(expand({folder.path().string() + "/"}).names, found.names);
}

TEST(Inputs, AFolderWithoutPagesIsAProblem) {
  const TempFolder folder;
  folder.write("notes.txt", "x");
  const Expanded found = expand({folder.path().string()});
  ASSERT_EQ(found.problems.size(), 1U);
  EXPECT_EQ(found.problems[0].what, "no page files in this folder");
}

TEST(Inputs, FilesKeepTheOrderGivenWhateverTheirEnding) {
  const TempFolder folder;
  const std::string b = folder.write("b.png", "x").string();
  const std::string a = folder.write("a.scan", "x").string();
  const Expanded found = expand({b, a, "/no/such.png", b});
  EXPECT_EQ(found.names, (Names{"b.png", "a.scan", "b.png"}));
  ASSERT_EQ(found.problems.size(), 1U);
  EXPECT_EQ(found.problems[0].where, "/no/such.png");
  EXPECT_EQ(found.problems[0].what, "no such file or folder");
}

TEST(Inputs, PatternsAreExpanded) {
  const TempFolder folder;
  for (const char* name : {"p2.png", "p1.png", "q.png", "[x].png"}) folder.write(name, "x");
  const std::string base = folder.path().string();
  EXPECT_EQ(expand({base + "/p*.png"}).names, (Names{"p1.png", "p2.png"}));
  EXPECT_EQ(expand({base + "/[pq]?.png"}).names, (Names{"p1.png", "p2.png"}));
  // A file of just that name is meant before the pattern is.
  EXPECT_EQ(expand({base + "/[x].png"}).names, Names{"[x].png"});
  const Expanded none = expand({base + "/z*.png"});
  ASSERT_EQ(none.problems.size(), 1U);
  EXPECT_EQ(none.problems[0].what, "no file matches this pattern");
}

TEST(Inputs, ADashReadsAList) {
  const TempFolder folder;
  const std::string a = folder.write("a b.png", "x").string();
  const std::string star = folder.write("s*.png", "x").string();
  const Expanded found = expand({"-"}, a + "\r\n\n" + star + "\n/none.png\n" + a);
  EXPECT_EQ(found.names, (Names{"a b.png", "s*.png", "a b.png"}));
  EXPECT_EQ(found.problems.size(), 1U);
}

TEST(Inputs, UrlsAreNamedAndNotLookedFor) {
  const std::string url = "https://example.org/iiif/p[1]*.jpg?id=2";
  const Expanded found = expand({url, "-"}, "HTTP://127.0.0.1:1/x.png\nftp://a.org/x.png\n");
  EXPECT_EQ(found.names, (Names{"example.org/iiif/p[1]_-id=2.jpg", "127.0.0.1_1/x.png"}));
  EXPECT_EQ(found.files[0].path, fs::path(url));
  ASSERT_EQ(found.problems.size(), 1U);
  EXPECT_EQ(found.problems[0].where, "ftp://a.org/x.png");
}

TEST(Inputs, UrlsHaveNoPasswords) {
  const Expanded found = expand({"https://anna:secret@example.org/p.png"});
  EXPECT_TRUE(found.files.empty());
  ASSERT_EQ(found.problems.size(), 1U);
  EXPECT_EQ(found.problems[0].where, "");
  EXPECT_EQ(found.problems[0].what,
            "https://example.org/p.png: a URL may not have a user name or a password; write them "
            "into ~/.netrc");
}

TEST(Manifest, HasUrls) {
  const TempFolder folder;
  const auto manifest = folder.write(
      "pages.csv",
      "file;truth\nhttps://a.org/p.jpg?x=1;http://a.org/p.txt\nhttp://a.org/q;t.txt\n");
  const std::vector<InputFile> files = read_manifest(manifest);
  EXPECT_EQ(files.at(0).path, fs::path("https://a.org/p.jpg?x=1"));
  EXPECT_EQ(files[0].name, "a.org/p-x=1.jpg");
  EXPECT_EQ(files[0].truth, fs::path("http://a.org/p.txt"));
  EXPECT_EQ(files.at(1).truth, folder.path() / "t.txt");
  for (const char* text :
       {"file\nhttp://u:secret@a.org/p\n", "file;truth\nx;http://u:secret@a.org\n"}) {
    const auto secret = folder.write("secret.csv", text);
    const std::string line =
        test::error_of(Errc::input_unreadable, [&] { (void)read_manifest(secret); });
    EXPECT_TRUE(contains(line, "secret.csv: record 2: http://a.org")) << line;
    EXPECT_FALSE(contains(line, "secret@")) << line;
  }
}

TEST(Manifest, SaysLanguageTruthAndLabels) {
  const TempFolder folder;
  folder.write("set/pages.csv", "year;file;lang;truth\n1901;a.png;fra;a.txt\n;\"sub/b;1.png\";;\n");
  const Expanded found = expand({(folder.path() / "set/pages.csv").string()});
  ASSERT_EQ(found.names, (Names{"a.png", "sub/b;1.png"}));
  EXPECT_TRUE(found.problems.empty());
  EXPECT_EQ(found.files[0].path, folder.path() / "set/a.png");
  EXPECT_EQ(found.files[0].lang, "fra");
  EXPECT_EQ(found.files[0].truth, folder.path() / "set/a.txt");
  EXPECT_EQ(found.files[0].labels, (Labels{{"year", "1901"}}));
  EXPECT_EQ(found.files[1].lang, "");
  EXPECT_FALSE(found.files[1].truth);
  EXPECT_EQ(found.files[1].labels, (Labels{{"year", ""}}));
}

TEST(Manifest, AbsolutePathsStand) {
  const TempFolder folder;
  const auto manifest = folder.write("pages.csv", "file\n/data/x.png\n");
  EXPECT_EQ(read_manifest(manifest).at(0).path, fs::path("/data/x.png"));
}

TEST(Manifest, SaysWhatIsWrong) {
  const TempFolder folder;
  const auto message = [&](std::string_view text) {
    const auto file = folder.write("m.csv", text);
    return test::error_of(Errc::input_unreadable, [&] { (void)read_manifest(file); });
  };
  EXPECT_TRUE(contains(message(""), "m.csv: is empty"));
  EXPECT_TRUE(
      contains(message("path;lang\nx;y\n"),
               "m.csv: line 1: a manifest needs exactly one column `file` (found: path, lang)"));
  EXPECT_TRUE(contains(message("file;file\nx;y\n"), "needs exactly one column `file`"));
  EXPECT_TRUE(contains(message("file;lang\na;eng\nb\n"), "record 3 has 1 fields, the header 2"));
  EXPECT_TRUE(contains(message("file;lang\na;eng;x\n"), "record 2 has 3 fields, the header 2"));
  EXPECT_TRUE(contains(message("file;lang\n;eng\n"), "record 2: `file` is empty"));
  EXPECT_TRUE(contains(message("file;lang\n\"a;eng\n"), "line 2: a quoted field is not closed"));
  EXPECT_TRUE(contains(message("file\n\xff\n"), "is not UTF-8 text"));
  const Expanded found = expand({(folder.path() / "m.csv").string()});
  EXPECT_TRUE(found.files.empty());
  EXPECT_EQ(found.problems.size(), 1U);
}

}  // namespace
}  // namespace ocrtune
