#include "ocrtune/apply/journal_pages.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

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

TEST(ApplySummary, HasAsManyOfTheWorstPagesAsAreAskedFor) {
  const EachAppliedPage pages = [](const auto& take) {
    for (const AppliedPage& one : {record("a", 0.1), record("b", 0.3), record("c", 0.2),
                                   record("d", 0.3), record("blank", 0, 0)})
      take(one);
  };
  const std::vector<AppliedPage> worst = summary_of(pages, 0, 2).worst;
  ASSERT_EQ(worst.size(), 2U);
  EXPECT_EQ(worst[0].page, "b");
  EXPECT_EQ(worst[1].page, "d");
}

TEST(JournalPages, AreTheLastRecordsOfPages) {
  const test::TempFolder folder;
  {
    ApplyJournal journal(folder.path(), "settings", "program");
    for (const AppliedPage& one :
         {record("a", 0.5), record("b", 0.2), record("blank", 0, 0), record("a", 0.1)})
      journal.add(one);
  }
  const ApplySummary found = summary_of(journal_pages(folder.path()), 0, 10);
  EXPECT_EQ(found.count, 3U);
  EXPECT_EQ(found.blank, 1U);
  EXPECT_DOUBLE_EQ(found.expected_cer, 0.1);
  ASSERT_EQ(found.worst.size(), 2U);
  EXPECT_EQ(found.worst[0], record("b", 0.2));
  EXPECT_EQ(found.worst[1], record("a", 0.1));
}

TEST(JournalPages, OfAFolderWithoutAJournalAreNone) {
  EXPECT_EQ(summary_of(journal_pages(test::TempFolder().path()), 0, 10).count, 0U);
}

}  // namespace
}  // namespace ocrtune
