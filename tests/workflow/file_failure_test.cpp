#include "ocrtune/workflow/file_failure.h"

#include <gtest/gtest.h>

#include "ocrtune/base/translation.h"
#include "support/temp_folder.h"

namespace ocrtune::workflow {
namespace {

TEST(FileFailure, StatesThePageOfAFileWithSeveral) {
  const Page only{.name = "a/scan.png", .file = "/s/a/scan.png"};
  const Page second{.name = "book.tif#2", .file = "/s/book.tif", .index = 1};
  EXPECT_EQ(failure_of(only, "is blank"), "is blank");
  EXPECT_EQ(failure_of(second, "is blank"), "page 2: is blank");
  EXPECT_EQ(failure_of(second, "book.tif#2: is: blank"), "page 2: is: blank");
  EXPECT_EQ(failure_of(only, "/s/a/scan.png: is blank"), "is blank");
}

TEST(FileFailure, DoesNotRepeatTheFile) {
  const std::filesystem::path file = "/s/a: b/book.tif";
  EXPECT_EQ(failure_of(Problem{"/s/a: b/book.tif", "is blank"}, file), "is blank");
  EXPECT_EQ(failure_of(Problem{"/s/a: b/book.tif: page 2", "is: blank"}, file),
            "page 2: is: blank");
  EXPECT_EQ(failure_of(Problem{"", "/s/a: b/book.tif: can't be read: no"}, file),
            "can't be read: no");
  EXPECT_EQ(failure_of(Problem{"", "something else"}, file), "something else");
}

TEST(FileFailure, IsThatOfTheCorpus) {
  const test::TempFolder folder;
  const auto file = folder.write("no image.png", "text");
  for (const Language language : {Language::english, Language::french}) {
    const LanguageScope scope(language);
    std::vector<Problem> problems;
    (void)Corpus::load({{.path = file, .name = "no image.png"}, {.path = "/none.png"}}, {},
                       problems);
    ASSERT_EQ(problems.size(), 2U);
    EXPECT_EQ(failure_of(problems[0], file), problems[0].what);
    EXPECT_EQ("/none.png: " + failure_of(problems[1], "/none.png"), problems[1].what);
  }
}

}  // namespace
}  // namespace ocrtune::workflow
