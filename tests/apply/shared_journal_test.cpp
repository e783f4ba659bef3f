#include "ocrtune/apply/shared_journal.h"

#include <gtest/gtest.h>

#include <chrono>
#include <set>
#include <thread>

#include "ocrtune/study/postgresql_database.h"
#include "ocrtune/study/storage.h"
#include "support/errors.h"
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
          .readings = {{"raw", 1}, {"other", 2}},
          .seconds = 2,
          .first_seconds = 1};
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
  EXPECT_TRUE(first->join("a:1"));
  EXPECT_FALSE(second->join("b:2"));
  EXPECT_EQ(first->workers(), 2U);
  EXPECT_TRUE(second->languages().empty());
  std::vector<CollectionFile> files = files_named(3);
  files.push_back(file_named("q", "fra"));
  first->add_files(files);
  first->add_files(files);
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

TEST_F(SharedJournals, OtherSettingsAreRefused) {
  open()->begin("portfolio a");
  open()->begin("portfolio a");
  EXPECT_TRUE(
      test::contains(test::error_of(Errc::study_error, [&] { open()->begin("portfolio b"); }),
                     "with other settings"));
}

TEST_F(SharedJournals, FilesWithTheSameOutputAreRefusedAndNothingIsAdded) {
  const auto journal = open();
  journal->add_files(files_named(1));
  CollectionFile other = file_named("p0");
  other.path = "/scans/p0.tif";
  const std::string line = test::error_of(Errc::invalid_argument, [&] {
    journal->add_files(std::vector{file_named("new"), other});
  });
  EXPECT_TRUE(test::contains(line, "/scans/p0.png")) << line;
  EXPECT_TRUE(test::contains(line, "/scans/p0.tif")) << line;
  EXPECT_EQ(journal->counts().all, 1U);
}

TEST_F(SharedJournals, RecordsOfPagesAreGivenBackAndSummed) {
  const auto journal = open();
  journal->add_files(files_named(2));
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
  const ApplySummary expected = summary_of(pages, 0);
  EXPECT_EQ(summary.count, 3U);
  EXPECT_EQ(summary.rotated, 1U);
  EXPECT_EQ(summary.uses, expected.uses);
  EXPECT_EQ(summary.worst, expected.worst);
  EXPECT_DOUBLE_EQ(summary.expected_cer, expected.expected_cer);
  ASSERT_TRUE(summary.cost);
  EXPECT_DOUBLE_EQ(summary.cost->readings, 2);
  EXPECT_DOUBLE_EQ(summary.cost->seconds, 2);
  EXPECT_DOUBLE_EQ(summary.cost->first_seconds, 1);
  EXPECT_TRUE(summary.pages.empty());
  EXPECT_FALSE(
      open_shared_journal(test::PostgresqlServer::shared().study("empty"))->summary().cost);
}

TEST_F(SharedJournals, WhatFailedIsTriedAgainWhenFilesAreAdded) {
  const auto journal = open();
  journal->add_files(files_named(3));
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
  journal->add_files(files_named(4));
  EXPECT_EQ(names_of(journal->claim("w", 9)), "p1 p3");
}

TEST_F(SharedJournals, WhatADeadProcessHadGoesToOthersUntilItIsGivenUp) {
  const auto journal = open(0.5);
  journal->add_files(files_named(2));
  for (int death = 0; death < kMostClaims; ++death) {
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
  journal->begin("settings");
  journal->add_files(files_named(5));
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
  journal->add_files(files_named(6));
  EXPECT_EQ(journal->progress().all, 6U);
  EXPECT_EQ(journal->progress().done, 4U);
  EXPECT_EQ(journal->progress().failed, 0U);
}

TEST_F(SharedJournals, AJournalAndAStudyMayBeInOneSchema) {
  open()->add_files(files_named(1));
  EXPECT_FALSE(study_exists(address_));
  create_study(address_, test::study_definition(2));
  EXPECT_TRUE(study_exists(address_));
  EXPECT_EQ(open()->waiting(9), 1U);
}

TEST_F(SharedJournals, NoFileIsClaimedTwiceByManyAtOnce) {
  constexpr std::size_t kFiles = 400;
  open()->add_files(files_named(kFiles));
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
  journal->add_files(files_named(2));
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
