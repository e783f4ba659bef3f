#include "ocrtune/apply/worst_pages.h"

#include <gtest/gtest.h>

#include <string>

#include "support/temp_folder.h"

namespace ocrtune {
namespace {

AppliedPage record(const std::string& name, double expected, int words = 9) {
  return {.page = name,
          .pixels = "p",
          .models = "m",
          .expected_cer = expected,
          .words = words,
          .reasons = {{.kind = PageReasonKind::skewed, .value = 2}}};
}

TEST(WorstPages, AreThoseWithTheMostExpectedErrors) {
  WorstPages worst(2);
  for (const AppliedPage& one : {record("a", 0.1), record("b", 0.3), record("c", 0.2),
                                 record("d", 0.3), record("blank", 0, 0)})
    worst.add(one);
  ASSERT_EQ(worst.pages().size(), 2U);
  EXPECT_EQ(worst.pages()[0].page, "b");
  EXPECT_EQ(worst.pages()[1].page, "d");
}

TEST(AppliedSoFar, CountsTheLastRecordOfAPage) {
  const test::TempFolder folder;
  {
    ApplyJournal journal(folder.path(), "settings", "program");
    for (const AppliedPage& one :
         {record("a", 0.5), record("b", 0.2), record("blank", 0, 0), record("a", 0.1)})
      journal.add(one);
  }
  const AppliedSoFar found = applied_so_far(folder.path(), 10);
  EXPECT_EQ(found.count, 3U);
  EXPECT_EQ(found.blank, 1U);
  EXPECT_DOUBLE_EQ(found.expected_cer, 0.1);
  ASSERT_EQ(found.worst.size(), 2U);
  EXPECT_EQ(found.worst[0], record("b", 0.2));
  EXPECT_EQ(found.worst[1], record("a", 0.1));
}

TEST(AppliedSoFar, OfAFolderWithoutAJournalIsEmpty) {
  EXPECT_EQ(applied_so_far(test::TempFolder().path(), 10).count, 0U);
}

}  // namespace
}  // namespace ocrtune
