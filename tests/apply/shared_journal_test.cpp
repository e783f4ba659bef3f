#include "ocrtune/apply/shared_journal.h"

#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <set>
#include <span>
#include <thread>

#include "ocrtune/base/hash.h"
#include "ocrtune/storage/postgresql_database.h"
#include "ocrtune/storage/storage.h"
#include "support/errors.h"
#include "support/lossy_database.h"
#include "support/postgresql_server.h"
#include "support/studies.h"

namespace ocrtune {
namespace {

CollectionFile file_named(const std::string& name, const std::string& lang = "eng") {
  return {.path = "/scans/" + name + ".png", .name = name + ".png", .lang = lang, .output = name};
}

std::vector<CollectionFile> files_named(std::size_t count) {
  std::vector<CollectionFile> files;
  for (std::size_t i = 0; i < count; ++i) files.push_back(file_named("p" + std::to_string(i)));
  return files;
}

AppliedPage record_of(const std::string& page, double expected_cer, const std::string& pipeline) {
  return {.page = page,
          .pixels = "aa",
          .models = "m",
          .pipeline = pipeline,
          .expected_cer = expected_cer,
          .coverage = 0.5,
          .words = 7,
          .rotate = expected_cer > 0.4 ? 90 : 0,
          .voted = 3,
          .ocr_results = {{"raw", 1}, {"other", 2}},
          .seconds = 2,
          .first_seconds = 1};
}

/// Lists files and adds them.
void add_files(SharedJournal& journal, const std::vector<CollectionFile>& files) {
  journal.list("lists", 0, files);
  journal.add_listed("lists");
}

std::string names_of(const std::vector<CollectionFile>& files) {
  std::string text;
  for (const CollectionFile& file : files) text += (text.empty() ? "" : " ") + file.output.string();
  return text;
}

class SharedJournals : public ::testing::Test {
 protected:
  SharedJournals() {
    static int count = 0;
    address_ = test::PostgresqlServer::shared().study("journal-" + std::to_string(++count));
  }

  [[nodiscard]] std::unique_ptr<SharedJournal> open(double lease = kLease) const {
    return open_shared_journal(address_, {}, lease);
  }

  std::string address_;
};

TEST_F(SharedJournals, TheFirstProcessListsAndAllTakeFiles) {
  const auto first = open();
  const auto second = open();
  EXPECT_EQ(first->join("a:1"), Turn::list);
  EXPECT_EQ(second->join("b:2"), Turn::wait);
  EXPECT_EQ(first->workers(), 2U);
  EXPECT_TRUE(second->languages().empty());
  std::vector<CollectionFile> files = files_named(3);
  files.push_back(file_named("q", "fra"));
  for (int times = 0; times < 2; ++times) {
    first->list("a:1", 0, std::span(files).first(2));
    first->list("a:1", 2, std::span(files).subspan(2));
    EXPECT_EQ(second->counts().all, times == 0 ? 0U : 4U);
    EXPECT_EQ(second->join("b:2"), times == 0 ? Turn::wait : Turn::work);
    first->add_listed("a:1");
  }
  EXPECT_EQ(second->join("b:2"), Turn::work);
  EXPECT_EQ(second->languages(), (std::vector<std::string>{"eng", "fra"}));
  EXPECT_EQ(names_of(second->claim("b:2", 2)), "p0 p1");
  const std::vector<CollectionFile> taken = first->claim("a:1", 9);
  EXPECT_EQ(names_of(taken), "p2 q");
  EXPECT_EQ(taken.back().path, "/scans/q.png");
  EXPECT_EQ(taken.back().name, "q.png");
  EXPECT_EQ(taken.back().lang, "fra");
  second->give_back("b:2");
  EXPECT_EQ(first->workers(), 1U);
  EXPECT_EQ(first->counts().all, 4U);
  EXPECT_EQ(first->waiting(9), 2U);
  EXPECT_EQ(first->waiting(1), 1U);
  EXPECT_FALSE(first->is_over());
}

TEST_F(SharedJournals, TheListOfAProcessThatEndsIsMadeByAnother) {
  const auto journal = open(0.5);
  const auto pause = [] { std::this_thread::sleep_for(std::chrono::milliseconds(300)); };
  EXPECT_EQ(journal->join("dead"), Turn::list);
  journal->list("dead", 0, files_named(3));
  EXPECT_EQ(journal->join("a"), Turn::wait);
  EXPECT_EQ(journal->join("b"), Turn::wait);
  for (int i = 0; i < 2; ++i) {
    pause();
    journal->renew("a", {}, {});
    journal->renew("b", {}, {});
  }
  EXPECT_EQ(journal->join("b"), Turn::list) << "although another one lives";
  EXPECT_EQ(journal->join("a"), Turn::wait);
  EXPECT_EQ(journal->join("b"), Turn::list) << "as asked again after a lost connection";
  for (const bool lists : {true, false}) {
    const std::string line = test::error_of(Errc::study_error, [&] {
      lists ? journal->list("dead", 3, files_named(9)) : journal->add_listed("dead");
    });
    EXPECT_TRUE(test::contains(line, "another process has begun to list the files")) << line;
  }
  journal->list("b", 0, std::vector{file_named("q")});
  journal->add_listed("b");
  EXPECT_EQ(journal->join("a"), Turn::work);
  EXPECT_EQ(names_of(journal->claim("a", 9)), "q") << "nothing of the list that was not completed";
}

TEST_F(SharedJournals, AProcessThatGivesUpItsListLeavesItToTheNext) {
  const auto journal = open();
  EXPECT_EQ(journal->join("a"), Turn::list);
  EXPECT_EQ(journal->join("b"), Turn::wait);
  journal->list("a", 0, files_named(3));
  journal->give_back("a");
  EXPECT_EQ(journal->join("b"), Turn::list);
  EXPECT_EQ(journal->join("c"), Turn::wait);
  journal->add_listed("b");
  EXPECT_EQ(journal->counts().all, 0U);
  EXPECT_EQ(journal->join("c"), Turn::list) << "there are no files yet";
}

TEST_F(SharedJournals, FilesAreAddedInTheOrderOfTheListAndOnce) {
  const auto journal = open();
  std::vector<CollectionFile> files;
  for (const char* name : {"z", "a", "m", "b", "z"}) files.push_back(file_named(name));
  files.back().output = "another";
  journal->list("w", 0, std::span(files).first(2));
  journal->list("w", 2, std::span(files).subspan(2));
  journal->list("w", 2, std::span(files).subspan(2));
  journal->add_listed("w");
  EXPECT_EQ(names_of(journal->claim("w", 9)), "z a m b");
}

TEST_F(SharedJournals, OtherSettingsAreRefused) {
  open()->begin("portfolio a", {});
  open()->begin("portfolio a", {});
  EXPECT_TRUE(
      test::contains(test::error_of(Errc::study_error, [&] { open()->begin("portfolio b", {}); }),
                     "with other settings"));
}

TEST_F(SharedJournals, OtherModelsAreRefusedAndThoseOfFurtherLanguagesAreAdded) {
  open()->begin("s", {{"eng", "1"}});
  open()->begin("s", {{"eng", "1"}, {"eng+fra", "2"}});
  open()->begin("s", {{"eng+fra", "2"}});
  const auto line = [&](const std::map<std::string, std::string>& models) {
    return test::error_of(Errc::study_error, [&] { open()->begin("s", models); });
  };
  EXPECT_TRUE(test::contains(line({{"deu", "4"}, {"eng+fra", "3"}}), "other models of `eng+fra`"));
  EXPECT_TRUE(test::contains(line({{"eng", "2"}}), "other models of `eng`"));
  open()->begin("s", {{"deu", "5"}});
}

TEST_F(SharedJournals, FilesWithTheSameOutputAreRefusedAndNothingIsAdded) {
  const auto journal = open();
  add_files(*journal, files_named(1));
  CollectionFile other = file_named("p0");
  other.path = "/scans/p0.tif";
  const std::string line = test::error_of(Errc::invalid_argument, [&] {
    add_files(*journal, std::vector{file_named("new"), other});
  });
  EXPECT_TRUE(test::contains(line, "/scans/p0.png")) << line;
  EXPECT_TRUE(test::contains(line, "/scans/p0.tif")) << line;
  EXPECT_EQ(journal->counts().all, 1U);
  journal->give_back("lists");
  add_files(*journal, std::vector{file_named("new")});
  EXPECT_EQ(journal->counts().all, 2U);
}

TEST_F(SharedJournals, RecordsOfPagesAreGivenBackAndSummed) {
  const auto journal = open();
  add_files(*journal, files_named(2));
  const auto files = journal->claim("w", 2);
  const std::vector<AppliedPage> pages{record_of("p0.png#1", 0.25, "raw"),
                                       record_of("p0.png#2", 0.5, "other"),
                                       record_of("p1.png", 0.125, "raw")};
  journal->add(files[0], record_of("p0.png#1", 0.75, "other"));
  journal->add(files[0], pages[1]);
  journal->add(files[0], pages[0]);
  journal->add(files[1], pages[2]);
  EXPECT_EQ(journal->pages_of(files[0]), (std::vector{pages[0], pages[1]}));
  const ApplySummary summary = journal->summary();
  const ApplySummary expected = summary_of(
      [&](const auto& take) {
        for (const AppliedPage& page : pages) take(page);
      },
      0);
  EXPECT_EQ(summary.count, 3U);
  EXPECT_EQ(summary.rotated, 1U);
  EXPECT_EQ(summary.uses, expected.uses);
  EXPECT_EQ(summary.worst, expected.worst);
  EXPECT_DOUBLE_EQ(summary.expected_cer, expected.expected_cer);
  ASSERT_TRUE(summary.cost);
  EXPECT_DOUBLE_EQ(summary.cost->ocr_results, 2);
  EXPECT_DOUBLE_EQ(summary.cost->seconds, 2);
  EXPECT_DOUBLE_EQ(summary.cost->first_seconds, 1);
  EXPECT_FALSE(
      open_shared_journal(test::PostgresqlServer::shared().study("empty"))->summary().cost);
}

TEST_F(SharedJournals, WhatFailedIsTriedAgainWhenFilesAreAdded) {
  const auto journal = open();
  add_files(*journal, files_named(3));
  const auto files = journal->claim("w", 3);
  journal->finish("w", files[0], "");
  journal->finish("w", files[1], "is not an image");
  journal->finish("other", files[2], "");
  EXPECT_EQ(journal->counts().ended(), 2U);
  EXPECT_FALSE(journal->is_over()) << "one is claimed";
  const std::vector<FailedFile> failed = journal->failed(5);
  ASSERT_EQ(failed.size(), 1U);
  EXPECT_EQ(failed[0].path, "/scans/p1.png");
  EXPECT_EQ(failed[0].reason, "is not an image");
  add_files(*journal, files_named(4));
  EXPECT_EQ(names_of(journal->claim("w", 9)), "p1 p3");
}

TEST_F(SharedJournals, WhatADeadProcessHadGoesToOthersUntilItIsGivenUp) {
  const auto journal = open(0.5);
  add_files(*journal, files_named(2));
  for (int death = 0; death < kMaxClaims; ++death) {
    const auto files = journal->claim("w" + std::to_string(death), 2);
    EXPECT_EQ(names_of(files), "p0 p1");
    for (int i = 0; i < 3; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(250));
      if (death == 2) journal->renew("w2", std::vector{files[1]}, {});
    }
  }
  EXPECT_TRUE(journal->claim("w", 2).empty());
  journal->give_up();
  const std::vector<FailedFile> failed = journal->failed(5);
  ASSERT_EQ(failed.size(), 1U);
  EXPECT_TRUE(test::contains(failed[0].reason, "3 workers ended"));
  EXPECT_FALSE(journal->is_over());
}

TEST_F(SharedJournals, ProgressIsWhatWorkersTell) {
  const auto journal = open();
  journal->begin("settings", {});
  add_files(*journal, files_named(5));
  EXPECT_EQ(journal->progress().all, 5U);
  const auto files = journal->claim("w", 9);
  for (const CollectionFile& file : files)
    journal->finish("w", file, file.output == "p0" ? "bad" : "");
  EXPECT_TRUE(journal->is_over());
  EXPECT_EQ(journal->progress().ended(), 0U);
  journal->renew("w", {}, {.all = 0, .done = 2, .failed = 1});
  open()->renew("v", {}, {.all = 0, .done = 2, .failed = 0});
  EXPECT_EQ(journal->progress().done, journal->counts().done);
  EXPECT_EQ(journal->progress().failed, journal->counts().failed);
  add_files(*journal, files_named(6));
  EXPECT_EQ(journal->progress().all, 6U);
  EXPECT_EQ(journal->progress().done, 4U);
  EXPECT_EQ(journal->progress().failed, 0U);
}

TEST_F(SharedJournals, WhatIsToldTwiceCountsOnce) {
  for (const std::string text :
       {"INSERT INTO ocrtune_apply_workers", "UPDATE ocrtune_apply SET done",
        "DELETE FROM ocrtune_apply_workers", "COMMIT"}) {
    const std::string address =
        test::PostgresqlServer::shared().study("told-" + content_hash(text).text());
    const auto lost = std::make_shared<std::string>();
    const auto journal = shared_journal_in(
        std::make_unique<test::LossyDatabase>(open_postgresql(postgresql_place(address)), lost),
        "journal", {.patience = 60}, kLease);
    journal->begin("settings", {});
    add_files(*journal, files_named(5));
    for (const CollectionFile& file : journal->claim("w", 3))
      journal->finish("w", file, file.output == "p0" ? "bad" : "");
    journal->renew("w", {}, {.all = 0, .done = 1, .failed = 0});
    *lost = text;
    journal->renew("w", {}, {.all = 0, .done = 2, .failed = 1});
    journal->give_back("w");
    EXPECT_TRUE(lost->empty()) << text;
    EXPECT_EQ(journal->progress().done, 2U) << text;
    EXPECT_EQ(journal->progress().failed, 1U) << text;
    journal->give_back("w");
    EXPECT_EQ(journal->progress().done, 2U) << text;
  }
}

TEST_F(SharedJournals, FilesThatWereClaimedWithoutAnAnswerAreNotStranded) {
  add_files(*open(), files_named(4));
  const auto lost = std::make_shared<std::string>("SET state = 'claimed'");
  const auto journal = shared_journal_in(
      std::make_unique<test::LossyDatabase>(open_postgresql(postgresql_place(address_)), lost),
      "journal", {.patience = 60}, kLease);
  EXPECT_EQ(names_of(journal->claim("w", 2)), "p0 p1");
  EXPECT_TRUE(lost->empty());
  EXPECT_EQ(journal->waiting(9), 2U);
}

TEST_F(SharedJournals, AJournalWithoutTheSumsOfWorkersGetsThem) {
  {
    add_files(*open(), files_named(1));
    open_postgresql(postgresql_place(address_))
        ->execute(
            "ALTER TABLE ocrtune_apply_workers DROP COLUMN done; ALTER TABLE ocrtune_apply_workers "
            "DROP COLUMN failed");
  }
  const auto journal = open();
  journal->begin("settings", {});
  journal->renew("w", {}, {.all = 0, .done = 1, .failed = 0});
  EXPECT_EQ(journal->progress().done, 1U);
}

TEST_F(SharedJournals, AJournalAndAStudyMayBeInOneSchema) {
  add_files(*open(), files_named(1));
  EXPECT_FALSE(study_exists(address_));
  create_study(address_, test::study_definition(2));
  EXPECT_TRUE(study_exists(address_));
  EXPECT_EQ(open()->waiting(9), 1U);
}

TEST_F(SharedJournals, NoFileIsClaimedTwiceByManyAtOnce) {
  constexpr std::size_t kFiles = 400;
  add_files(*open(), files_named(kFiles));
  std::vector<std::vector<CollectionFile>> taken(8);
  std::vector<std::thread> workers;
  for (std::size_t i = 0; i < taken.size(); ++i) {
    workers.emplace_back([&, i] {
      const auto journal = open();
      // Others may have locked all that a claim looks at: nothing is not the end.
      for (int empty = 0; empty < 20;) {
        const auto files = journal->claim("w" + std::to_string(i), 3);
        empty = files.empty() ? empty + 1 : 0;
        taken[i].insert(taken[i].end(), files.begin(), files.end());
      }
    });
  }
  for (std::thread& worker : workers) worker.join();
  std::multiset<std::int64_t> ids;
  for (const auto& files : taken) {
    for (const CollectionFile& file : files) ids.insert(file.id);
  }
  EXPECT_EQ(ids.size(), kFiles);
  EXPECT_EQ(std::set<std::int64_t>(ids.begin(), ids.end()).size(), kFiles);
}

TEST_F(SharedJournals, ALostConnectionIsMade) {
  const auto journal = open_shared_journal(address_, {.patience = 60});
  const auto end_sessions = [&] {
    open_postgresql(postgresql_place(address_))
        ->execute(
            "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE pid <> "
            "pg_backend_pid() AND application_name = 'ocrtune'");
  };
  end_sessions();
  add_files(*journal, files_named(2));
  end_sessions();
  const auto files = journal->claim("w", 1);
  end_sessions();
  journal->add(files.at(0), record_of("p0.png", 0.5, "raw"));
  end_sessions();
  journal->finish("w", files[0], "");
  EXPECT_EQ(journal->counts().done, 1U);
  EXPECT_EQ(journal->summary().count, 1U);
}

}  // namespace
}  // namespace ocrtune
