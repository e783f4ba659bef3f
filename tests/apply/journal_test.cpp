#include "ocrtune/apply/journal.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <sys/resource.h>

#include <fstream>
#include <optional>

#include "ocrtune/apply/results_json.h"
#include "ocrtune/base/files.h"
#include "support/errors.h"
#include "support/repetitions.h"
#include "support/sanitized.h"
#include "support/temp_folder.h"
#include "support/text_gen.h"

namespace ocrtune {
namespace {

using test::contains;
using test::error_of;
using test::TempFolder;

AppliedPage page(const std::string& name) {
  return {.page = name,
          .pixels = "0123",
          .models = "eng=4567",
          .pipeline = "clean",
          .net_legible = 12.25,
          .confidence = 81.5,
          .expected_cer = 0.125,
          .words = 7,
          .rotate = 90,
          .ocr_results = {{"clean", 12.25}, {"raw", -3}},
          .seconds = 1.5,
          .first_seconds = 0.25};
}

/// The last record of a page, as it is read from the file.
AppliedPage record(const ApplyJournal& journal, const std::string& page) {
  const auto place = journal.find(page);
  return place ? journal.at(*place) : AppliedPage{};
}

std::filesystem::path file_in(const TempFolder& folder) {
  return folder.path() / "ocrtune-apply.jsonl";
}

std::string text_of(const TempFolder& folder) {
  return read_text(file_in(folder), 1'000'000, Errc::study_error);
}

TEST(ApplyJournal, KnowsWhereOcrResultsWereCombined) {
  const TempFolder folder;
  AppliedPage voted = page("voted");
  voted.voted = 3;
  voted.coverage = 0.75;
  {
    ApplyJournal journal(folder.path(), "s", "p");
    journal.add(voted);
    journal.add(page("not"));
  }
  const ApplyJournal journal(folder.path(), "s", "p");
  EXPECT_EQ(record(journal, "voted"), voted);
  EXPECT_EQ(record(journal, "not"), page("not"));
}

TEST(ApplyJournal, GoesOnWhereItWasEnded) {
  const TempFolder folder;
  {
    ApplyJournal journal(folder.path() / "new" / "deeper", "s", "p");
    EXPECT_TRUE(journal.size() == 0);
    journal.add(page("a"));
    journal.add(page("b"));
  }
  const ApplyJournal journal(folder.path() / "new" / "deeper", "s", "p");
  ASSERT_EQ(journal.size(), 2U);
  EXPECT_EQ(record(journal, "a"), page("a"));
  EXPECT_EQ(record(journal, "b"), page("b"));
}

TEST(ApplyJournal, TheLastLineOfAPageCounts) {
  const TempFolder folder;
  AppliedPage again = page("a");
  again.pipeline = "raw";
  {
    ApplyJournal journal(folder.path(), "s", "p");
    journal.add(page("a"));
    journal.add(again);
  }
  EXPECT_EQ(record(ApplyJournal(folder.path(), "s", "p"), "a"), again);
}

TEST(ApplyJournal, WhateverAKillLeavesOfALineIsDropped) {
  const TempFolder folder;
  {
    ApplyJournal journal(folder.path(), "s", "p");
    journal.add(page("a"));
    journal.add(page("b"));
  }
  const std::string whole = text_of(folder);
  const std::size_t first = whole.find('\n') + 1;
  const std::size_t second = whole.find('\n', first) + 1;
  for (std::size_t size = 0; size < whole.size(); ++size) {
    (void)folder.write("ocrtune-apply.jsonl", std::string_view(whole).substr(0, size));
    {
      ApplyJournal journal(folder.path(), "s", "p");
      EXPECT_EQ(journal.size(), size < second ? 0U : 1U) << size;
      journal.add(page("c"));
    }
    const ApplyJournal journal(folder.path(), "s", "p");
    EXPECT_EQ(journal.size(), size < second ? 1U : 2U) << size;
    EXPECT_EQ(record(journal, "c"), page("c"));
  }
}

TEST(ApplyJournal, OtherSettingsAreRefused) {
  const TempFolder folder;
  { const ApplyJournal journal(folder.path(), "s", "p"); }
  const std::string message =
      error_of(Errc::study_error, [&] { ApplyJournal(folder.path(), "t", "p"); });
  EXPECT_TRUE(contains(message, "ocrtune-apply.jsonl: this folder was written with other settings"))
      << message;
  EXPECT_TRUE(contains(message, "another output")) << message;
}

TEST(ApplyJournal, AFolderThatAnotherVersionBeganIsContinued) {
  const TempFolder folder;
  {
    ApplyJournal journal(folder.path(), "s", "0.2.0");
    EXPECT_EQ(journal.begun_by(), "0.2.0");
    journal.add(page("a"));
  }
  const ApplyJournal journal(folder.path(), "s", "0.3.0");
  EXPECT_EQ(journal.begun_by(), "0.2.0");
  EXPECT_EQ(record(journal, "a"), page("a"));
}

TEST(ApplyJournal, OneAtATime) {
  const TempFolder folder;
  const ApplyJournal journal(folder.path(), "s", "p");
  EXPECT_TRUE(contains(error_of(Errc::study_error, [&] { ApplyJournal(folder.path(), "s", "p"); }),
                       "another ocrtune is running"));
}

TEST(ApplyJournal, DamagedLinesAreSaid) {
  const TempFolder folder;
  {
    ApplyJournal journal(folder.path(), "s", "p");
    journal.add(page("a"));
  }
  const std::string whole = text_of(folder);
  for (const std::string line : {"{}", "[]", "null", "", "{\"page\":3}",
                                 "{\"page\":\"a\",\"pixels\":1}", "\xff", "{\"a\":"}) {
    (void)folder.write("ocrtune-apply.jsonl", whole + line + "\n");
    EXPECT_TRUE(
        contains(error_of(Errc::study_error, [&] { ApplyJournal(folder.path(), "s", "p"); }),
                 "is damaged in line 3"))
        << line;
  }
  (void)folder.write("ocrtune-apply.jsonl",
                     std::string_view("{\"ocrtune_apply\":5,\"settings\":\"s\"}\n"));
  EXPECT_TRUE(contains(error_of(Errc::study_error, [&] { ApplyJournal(folder.path(), "s", "p"); }),
                       "newer version of ocrtune"));
}

TEST(ApplyJournal, AnEndThatIsNoLineIsDropped) {
  const TempFolder folder;
  {
    ApplyJournal journal(folder.path(), "s", "p");
    journal.add(page("a"));
  }
  const std::string whole = text_of(folder);
  // As after a power failure: the file has got its size, and not its content.
  (void)folder.write("ocrtune-apply.jsonl", whole + std::string(100'000, '\0'));
  {
    ApplyJournal journal(folder.path(), "s", "p");
    EXPECT_EQ(journal.size(), 1U);
    journal.add(page("b"));
  }
  EXPECT_EQ(text_of(folder), whole + line_of_page(page("b")) + "\n");
}

TEST(ApplyJournal, KnowsOfWhatARecordIs) {
  const TempFolder folder;
  ApplyJournal journal(folder.path(), "s", "p");
  journal.add(page("a"));
  EXPECT_TRUE(journal.has("a", "0123", "eng=4567"));
  EXPECT_FALSE(journal.has("b", "0123", "eng=4567"));
  EXPECT_FALSE(journal.has("a", "0124", "eng=4567"));
  EXPECT_FALSE(journal.has("a", "0123", "eng=4568"));
  EXPECT_FALSE(journal.find("b"));
}

TEST(ApplyJournal, OneThatIsDeletedMeanwhileIsSaid) {
  const TempFolder folder;
  ApplyJournal journal(folder.path() / "out", "s", "p");
  journal.add(page("a"));
  journal.require_file();
  std::filesystem::remove_all(folder.path() / "out");
  const auto is_told = [&](const auto& action) {
    return contains(error_of(Errc::study_error, action),
                    "was deleted, moved or replaced while it was in use");
  };
  EXPECT_TRUE(is_told([&] { journal.require_file(); }));
  EXPECT_TRUE(is_told([&] { journal.add(page("b")); }));
  const ApplyJournal other(folder.path() / "out", "s", "p");
  EXPECT_TRUE(is_told([&] { journal.add(page("c")); })) << "another file is there";
}

/// Of a million pages, more than 1 GB.
TEST(ApplyJournal, OneOfManyPagesIsReadInLittleMemoryAndTime) {
  const TempFolder folder;
  const int pages = test::repetitions(1'000'000, 30'000);
  { const ApplyJournal journal(folder.path(), "s", "p"); }
  {
    std::ofstream out(file_in(folder), std::ios::app);
    AppliedPage any = page("");
    any.models = std::string(300, 'm');
    for (int i = 0; i < 20; ++i) any.ocr_results["pipeline-" + std::to_string(i)] = 0.123456789 + i;
    for (int i = 0; i < pages; ++i) {
      any.page = "volume_0123/page_" + std::to_string(i) + ".png";
      out << line_of_page(any) << "\n";
    }
  }
  struct rusage before {};
  struct rusage after {};
  ASSERT_EQ(::getrusage(RUSAGE_SELF, &before), 0);
  const ApplyJournal journal(folder.path(), "s", "p");
  ASSERT_EQ(::getrusage(RUSAGE_SELF, &after), 0);
  EXPECT_EQ(journal.size(), static_cast<std::size_t>(pages));
  EXPECT_EQ(record(journal, "volume_0123/page_12345.png").words, 7);
  if (test::is_sanitized()) return;
  const double share = pages / 1e6;
  const auto seconds_of = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  };
  EXPECT_LT(seconds_of(after.ru_utime) - seconds_of(before.ru_utime), 10 * share + 0.5);
  EXPECT_LT(after.ru_maxrss - before.ru_maxrss, 300'000 * share + 4000) << "kB";
}

TEST(ApplyJournal, PlacesThatCannotBeWrittenAreSaid) {
  const TempFolder folder;
  (void)folder.write("file", std::string_view("x"));
  error_of(Errc::output_unwritable, [&] { ApplyJournal(folder.path() / "file", "s", "p"); });
  std::filesystem::create_directories(file_in(folder));
  error_of(Errc::study_error, [&] { ApplyJournal(folder.path(), "s", "p"); });
}

RC_GTEST_PROP(ApplyJournal, KeepsAnyName, ()) {
  const TempFolder folder;
  AppliedPage any = page(*test::utf8_text());
  any.pipeline = *test::utf8_text();
  any.ocr_results = {{*test::utf8_text(), 0.1}};
  {
    ApplyJournal journal(folder.path(), "s", "p");
    journal.add(any);
  }
  RC_ASSERT(record(ApplyJournal(folder.path(), "s", "p"), any.page) == any);
}

TEST(JournalTail, CountsEachPageOnceAsTheJournalGrows) {
  const TempFolder folder;
  JournalTail tail(folder.path());
  EXPECT_EQ(tail.read(), 0U);
  ApplyJournal journal(folder.path(), "settings", "p");
  EXPECT_EQ(tail.read(), 0U);
  journal.add(page("a"));
  journal.add(page("b"));
  journal.add(page("a"));
  EXPECT_EQ(tail.read(), 2U);
  const std::string line = line_of_page(page("c"));
  std::ofstream(file_in(folder), std::ios::app) << line.substr(0, 9) << std::flush;
  EXPECT_EQ(tail.read(), 2U);
  std::ofstream(file_in(folder), std::ios::app)
      << line.substr(9) << "\nnot json\n[]\n{\"page\":7}\n"
      << std::flush;
  EXPECT_EQ(tail.read(), 3U);
}

TEST(JournalTail, GivesThePagesThatWereAdded) {
  const TempFolder folder;
  JournalTail tail(folder.path());
  ApplyJournal journal(folder.path(), "settings", "p");
  EXPECT_TRUE(tail.next().empty());
  journal.add(page("a"));
  journal.add(page("b"));
  EXPECT_EQ(tail.next(), (std::vector<AppliedPage>{page("a"), page("b")}));
  EXPECT_TRUE(tail.next().empty());
  journal.add(page("a"));
  EXPECT_EQ(tail.next(), (std::vector<AppliedPage>{page("a")}));
}

}  // namespace
}  // namespace ocrtune
