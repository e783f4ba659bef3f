#include "ocrtune/workflow/transcript_files.h"

#include <gtest/gtest.h>

#include "support/errors.h"
#include "support/temp_folder.h"

namespace ocrtune::workflow {
namespace {

using test::TempFolder;

TranscriptFile file(const std::string& path, const std::string& page) {
  return {.path = path, .page = page};
}

TEST(TranscriptFiles, AreFoundByTheirEndings) {
  const TempFolder folder;
  for (const char* name :
       {"b.txt", "b.gt.txt", "a/c.1.alto.xml", "d.png", ".hidden.txt", ".git/e.txt", "f.2.HOCR"})
    folder.write(name, "text");
  std::vector<Problem> problems;
  const auto files = find_transcripts({folder.path().string()}, problems);
  std::vector<std::string> pages;
  for (const TranscriptFile& found : files) pages.push_back(found.page);
  EXPECT_EQ(pages, (std::vector<std::string>{"a/c.1", "b", "b", "f.2"}));
  EXPECT_TRUE(files[1].truth);
  EXPECT_FALSE(files[2].truth);
  EXPECT_TRUE(problems.empty());
  EXPECT_TRUE(find_transcripts({(folder.path() / "gone").string()}, problems).empty());
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0].what, "no such file or folder");
}

TEST(TranscriptFiles, GroundTruthIsFoundBesideAStatedFile) {
  const TempFolder folder;
  for (const char* name : {"b.txt", "b.gt.txt", "b.gt.xml", "c.txt", "d.gt.txt"})
    folder.write(name, "text");
  std::vector<Problem> problems;
  const auto stated = find_transcripts(
      {(folder.path() / "b.txt").string(), (folder.path() / "c.txt").string()}, problems);
  const auto truths = truths_beside(stated);
  ASSERT_EQ(truths.size(), 2U);
  EXPECT_EQ(truths[0].path, folder.path() / "b.gt.txt");
  EXPECT_EQ(truths[0].page, "b");
  EXPECT_TRUE(truths[0].truth);
  EXPECT_EQ(truths[1].path, folder.path() / "b.gt.xml");
  EXPECT_TRUE(truths_beside(find_transcripts({folder.path().string()}, problems)).empty())
      << "those of a folder are listed already";
}

TEST(TranscriptFiles, ArePairedByPage) {
  const FilePairs found = paired({file("r/a.xml", "a"), file("r/a.txt", "a"), file("r/b.txt", "b"),
                                  file("r/x/c.txt", "x/c"), file("r/d.txt", "d")},
                                 {file("t/a.gt.xml", "a"), file("t/page/b.xml", "page/b"),
                                  file("t/1/c.txt", "1/c"), file("t/2/c.txt", "2/c")});
  ASSERT_EQ(found.pairs.size(), 2U);
  EXPECT_EQ(found.pairs[0].read.path, "r/a.txt");
  EXPECT_EQ(found.pairs[0].truth.path, "t/a.gt.xml");
  EXPECT_EQ(found.pairs[1].truth.path, "t/page/b.xml");
  EXPECT_EQ(found.without_truth, (std::vector<std::string>{"x/c", "d"}));
  EXPECT_EQ(found.without_ocr_result, (std::vector<std::string>{"1/c", "2/c"}));
}

TEST(TranscriptFiles, OnePageInTwoFoldersIsRefused) {
  EXPECT_EQ(test::error_of(Errc::invalid_argument,
                           [] {
                             (void)paired({file("old/a.txt", "a"), file("new/a.txt", "a")},
                                          {file("t/a.gt.txt", "a")});
                           }),
            "old/a.txt and new/a.txt are of the same page; give one folder of each kind at a time");
}

TEST(TranscriptFiles, OneOfEachBelongTogether) {
  const FilePairs found = paired({file("read.hocr", "read")}, {file("typed.xml", "typed")});
  EXPECT_EQ(found.pairs.size(), 1U);
  EXPECT_TRUE(found.without_truth.empty());
}

}  // namespace
}  // namespace ocrtune::workflow
