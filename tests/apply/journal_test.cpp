#include "ocrtune/apply/journal.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <fstream>
#include <optional>

#include "ocrtune/apply/results_json.h"
#include "ocrtune/base/files.h"
#include "support/errors.h"
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
    ApplyJournal journal(folder.path(), "s");
    journal.add(voted);
    journal.add(page("not"));
  }
  const ApplyJournal journal(folder.path(), "s");
  EXPECT_EQ(journal.done().at("voted"), voted);
  EXPECT_EQ(journal.done().at("not"), page("not"));
}

TEST(ApplyJournal, GoesOnWhereItWasEnded) {
  const TempFolder folder;
  {
    ApplyJournal journal(folder.path() / "new" / "deeper", "s");
    EXPECT_TRUE(journal.done().empty());
    journal.add(page("a"));
    journal.add(page("b"));
  }
  const ApplyJournal journal(folder.path() / "new" / "deeper", "s");
  ASSERT_EQ(journal.done().size(), 2U);
  EXPECT_EQ(journal.done().at("a"), page("a"));
  EXPECT_EQ(journal.done().at("b"), page("b"));
}

TEST(ApplyJournal, TheLastLineOfAPageCounts) {
  const TempFolder folder;
  AppliedPage again = page("a");
  again.pipeline = "raw";
  {
    ApplyJournal journal(folder.path(), "s");
    journal.add(page("a"));
    journal.add(again);
  }
  EXPECT_EQ(ApplyJournal(folder.path(), "s").done().at("a"), again);
}

TEST(ApplyJournal, WhateverAKillLeavesOfALineIsDropped) {
  const TempFolder folder;
  {
    ApplyJournal journal(folder.path(), "s");
    journal.add(page("a"));
    journal.add(page("b"));
  }
  const std::string whole = text_of(folder);
  const std::size_t first = whole.find('\n') + 1;
  const std::size_t second = whole.find('\n', first) + 1;
  for (std::size_t size = 0; size < whole.size(); ++size) {
    (void)folder.write("ocrtune-apply.jsonl", std::string_view(whole).substr(0, size));
    {
      ApplyJournal journal(folder.path(), "s");
      EXPECT_EQ(journal.done().size(), size < second ? 0U : 1U) << size;
      journal.add(page("c"));
    }
    const ApplyJournal journal(folder.path(), "s");
    EXPECT_EQ(journal.done().size(), size < second ? 1U : 2U) << size;
    EXPECT_EQ(journal.done().at("c"), page("c"));
  }
}

TEST(ApplyJournal, OtherSettingsAreRefused) {
  const TempFolder folder;
  { const ApplyJournal journal(folder.path(), "s"); }
  const std::string message =
      error_of(Errc::study_error, [&] { ApplyJournal(folder.path(), "t"); });
  EXPECT_TRUE(contains(message, "ocrtune-apply.jsonl: this folder was written with other settings"))
      << message;
  EXPECT_TRUE(contains(message, "another output")) << message;
}

TEST(ApplyJournal, OneAtATime) {
  const TempFolder folder;
  const ApplyJournal journal(folder.path(), "s");
  EXPECT_TRUE(contains(error_of(Errc::study_error, [&] { ApplyJournal(folder.path(), "s"); }),
                       "another ocrtune is running"));
}

TEST(ApplyJournal, DamagedLinesAreSaid) {
  const TempFolder folder;
  {
    ApplyJournal journal(folder.path(), "s");
    journal.add(page("a"));
  }
  const std::string whole = text_of(folder);
  for (const std::string line : {"{}", "[]", "null", "", "{\"page\":3}",
                                 "{\"page\":\"a\",\"pixels\":1}", "\xff", "{\"a\":"}) {
    (void)folder.write("ocrtune-apply.jsonl", whole + line + "\n");
    EXPECT_TRUE(contains(error_of(Errc::study_error, [&] { ApplyJournal(folder.path(), "s"); }),
                         "is damaged in line 3"))
        << line;
  }
  (void)folder.write("ocrtune-apply.jsonl",
                     std::string_view("{\"ocrtune_apply\":2,\"settings\":\"s\"}\n"));
  EXPECT_TRUE(contains(error_of(Errc::study_error, [&] { ApplyJournal(folder.path(), "s"); }),
                       "newer version of ocrtune"));
}

TEST(ApplyJournal, PlacesThatCannotBeWrittenAreSaid) {
  const TempFolder folder;
  (void)folder.write("file", std::string_view("x"));
  error_of(Errc::output_unwritable, [&] { ApplyJournal(folder.path() / "file", "s"); });
  std::filesystem::create_directories(file_in(folder));
  error_of(Errc::study_error, [&] { ApplyJournal(folder.path(), "s"); });
}

RC_GTEST_PROP(ApplyJournal, KeepsAnyName, ()) {
  const TempFolder folder;
  AppliedPage any = page(*test::utf8_text());
  any.pipeline = *test::utf8_text();
  any.ocr_results = {{*test::utf8_text(), 0.1}};
  {
    ApplyJournal journal(folder.path(), "s");
    journal.add(any);
  }
  RC_ASSERT(ApplyJournal(folder.path(), "s").done().at(any.page) == any);
}

TEST(JournalTail, CountsEachPageOnceAsTheJournalGrows) {
  const TempFolder folder;
  JournalTail tail(folder.path());
  EXPECT_EQ(tail.read(), 0U);
  ApplyJournal journal(folder.path(), "settings");
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
  ApplyJournal journal(folder.path(), "settings");
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
