#include "ocrtune/catalogue/study_book.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "ocrtune/analysis/results_json.h"
#include "ocrtune/base/error.h"
#include "support/errors.h"
#include "support/sanitized.h"
#include "support/sql.h"
#include "support/studies.h"
#include "support/temp_folder.h"
#include "support/verdicts.h"

namespace ocrtune {
namespace {

using nlohmann::json;
using test::error_of;

/// A folder with the study a, of a baseline and four trials.
class StudyBookTest : public testing::Test {
 protected:
  StudyBookTest() {
    const StudyDefinition definition = test::study_by_confidence(2);
    Random random(1);
    const auto study = create_study(folder_.path() / "a.db", definition);
    for (std::size_t number = 0; number < 5; ++number)
      study->append(test::random_trial(definition, number, random));
  }

  test::TempFolder folder_;
  StudyBook book_{folder_.path()};
};

TEST_F(StudyBookTest, AStudyAtWorkIsToldOfAsWhenItIsDone) {
  const json at_work = book_.entries({"a.db"}).at(0);
  EXPECT_EQ(at_work.at("id"), "a");
  EXPECT_EQ(at_work.at("running"), true);
  EXPECT_EQ(at_work.at("trials"), 4);
  const json done = book_.entries({}).at(0);
  EXPECT_EQ(done.at("running"), false);
  for (const char* name : {"objective", "trials", "pages", "baseline"})
    EXPECT_EQ(done.at(name), at_work.at(name)) << name;
  EXPECT_EQ(StudyBook(folder_.path()).entries({}).at(0), done);
}

TEST_F(StudyBookTest, WhatIsWrongWithAFileIsTold) {
  std::ofstream(folder_.path() / "b.db") << "no study";
  std::ofstream(folder_.path() / "-c.db") << "no study";
  const json list = book_.entries({});
  ASSERT_EQ(list.size(), 3U);
  for (const json& entry : list) EXPECT_EQ(entry.at("problem").is_null(), entry.at("id") == "a");
  error_of(Errc::study_error, [&] { (void)book_.data("b", false); });
  error_of(Errc::not_found, [&] { (void)book_.data("d", false); });
  error_of(Errc::invalid_argument, [&] { (void)book_.data("../a", false); });
}

TEST_F(StudyBookTest, GivesItsDataAndFiles) {
  std::atomic<bool> stop{false};
  book_.prepare([] { return std::set<std::string>(); }, stop);
  EXPECT_EQ(json::parse(book_.data("a", false)), json::parse(book_.data("a", true)));
  EXPECT_EQ(book_.trial("a", 4).at("number"), 4);
  error_of(Errc::not_found, [&] { (void)book_.trial("a", 5); });
  EXPECT_NE(book_.exported("a", "trials.csv", stop), "");
  EXPECT_NE(book_.exported("a", "best.toml", stop), "");
  error_of(Errc::not_found, [&] { (void)book_.exported("a", "other.csv", stop); });
}

TEST_F(StudyBookTest, GivesTheVerdictAndDataWithItWhenThereIsOne) {
  EXPECT_TRUE(book_.verdict("a").is_null());
  EXPECT_TRUE(json::parse(book_.data("a", false)).at("verdict").is_null());
  const Verdict verdict = test::some_verdict(true);
  open_study(folder_.path() / "a.db")->keep_verdict(verdict_json(verdict).dump());
  EXPECT_EQ(book_.verdict("a"), verdict_page_json(verdict));
  EXPECT_EQ(json::parse(book_.data("a", false)).at("verdict"), verdict_page_json(verdict));
  error_of(Errc::not_found, [&] { (void)book_.verdict("d"); });
}

/// Memory of this process now, in bytes.
double resident_bytes() {
  std::ifstream status("/proc/self/statm");
  double all = 0;
  double resident = 0;
  status >> all >> resident;
  return resident * static_cast<double>(sysconf(_SC_PAGESIZE));
}

/// Further trials, up to this number, which are copies of trial 1.
void grow(const std::filesystem::path& file, int last) {
  test::run_sql(file,
                "CREATE TEMP TABLE one AS SELECT * FROM ocrtune_results WHERE number = 1;"
                "ALTER TABLE one DROP COLUMN number;"
                "INSERT INTO trials (trial_id, number, study_id, state)"
                " WITH RECURSIVE counted (n) AS (SELECT 5 UNION ALL SELECT n + 1 FROM counted"
                " WHERE n < " +
                    std::to_string(last) +
                    ") SELECT n + 1, n, 1, 'COMPLETE' FROM counted;"
                    "INSERT INTO ocrtune_trials SELECT trial_id, number, 'complete', 1, 2, "
                    "trial_id FROM trials WHERE number > 4;"
                    "INSERT INTO ocrtune_points SELECT t.number, place, name, value FROM "
                    "ocrtune_trials t JOIN ocrtune_points p ON p.number = 1 WHERE t.number > 4;"
                    "INSERT INTO ocrtune_results SELECT t.number, one.* FROM ocrtune_trials t "
                    "JOIN one WHERE t.number > 4");
}

TEST_F(StudyBookTest, ReturnsTheMemoryOfLargeStudies) {
  if (test::is_sanitized()) GTEST_SKIP() << "sanitizers keep what is freed";
  grow(folder_.path() / "a.db", 20'000);
  const double before = resident_bytes();
  // In a thread, as in the server: the allocator keeps the memory of threads apart.
  std::thread([&] {
    const std::string text = book_.data("a", false);
    const auto size = static_cast<double>(text.size());
    EXPECT_GT(size, 2e6);
    // Otherwise ten times the text.
    EXPECT_LT(resident_bytes() - before, 2 * size + 4e6);
  }).join();
}

TEST_F(StudyBookTest, KeepsNotes) {
  EXPECT_EQ(book_.notes("a"), "");
  book_.keep_notes("a", "two\nlines");
  EXPECT_EQ(StudyBook(folder_.path()).notes("a"), "two\nlines");
  error_of(Errc::not_found, [&] { book_.keep_notes("b", ""); });
}

}  // namespace
}  // namespace ocrtune
