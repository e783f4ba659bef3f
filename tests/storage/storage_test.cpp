#include "ocrtune/storage/storage.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <atomic>
#include <fstream>
#include <limits>
#include <thread>

#include "ocrtune/base/files.h"
#include "support/errors.h"
#include "support/repetitions.h"
#include "support/sql.h"
#include "support/studies.h"
#include "support/temp_folder.h"
#include "support/text_gen.h"

namespace ocrtune {
namespace {
namespace fs = std::filesystem;

using test::contains;
using test::error_of;
using test::random_trial;
using test::run_sql;
using test::same_definition;
using test::same_trial;
using test::study_definition;
using test::TempFolder;

bool same_trials(const std::vector<Trial>& a, const std::vector<Trial>& b) {
  return std::ranges::equal(a, b, same_trial);
}

/// A finished study of ten trials on three pages.
std::vector<Trial> make_study(const fs::path& file) {
  const StudyDefinition definition = study_definition(3);
  const auto study = create_study(file, definition);
  Random random(1);
  std::vector<Trial> trials;
  for (std::size_t number = 0; number < 10; ++number) {
    trials.push_back(random_trial(definition, number, random));
    study->append(trials.back());
  }
  return trials;
}

void expect_given_back(std::uint64_t seed) {
  const TempFolder folder;
  const fs::path file = folder.path() / "study.db";
  Random random(seed);
  StudyDefinition definition = study_definition(random.integer(0, 5));
  definition.seed = random.bits();
  definition.models = test::utf8_text_of(random.bits());
  for (PageRecord& page : definition.pages) {
    page.labels = {{test::utf8_text_of(random.bits()), test::utf8_text_of(random.bits())}};
  }
  std::vector<Trial> trials;
  {
    const auto study = create_study(file, definition);
    for (const std::size_t number : {0U, 1U, 7U, 3U}) {
      trials.push_back(random_trial(definition, number, random, true));
      study->append(trials.back());
    }
    std::ranges::sort(trials, {}, &Trial::number);
    EXPECT_TRUE(same_definition(study->definition(), definition));
    EXPECT_TRUE(same_trials(study->trials(), trials));
    // A viewer sees them while the writer is at work.
    EXPECT_TRUE(same_trials(view_study(file)->trials(), trials));
  }
  EXPECT_TRUE(same_definition(view_study(file)->definition(), definition));
  EXPECT_TRUE(same_trials(view_study(file)->trials(), trials));
  const auto again = open_study(file);
  EXPECT_TRUE(same_definition(again->definition(), definition));
  again->append(random_trial(definition, 9, random));
  EXPECT_EQ(again->trials().size(), 5U);
  EXPECT_EQ(again->foreign_trials(), 0);
}

TEST(Storage, GivesBackTrialsExactly) {
  // Few cases: each waits for the disk several times.
  for (std::uint64_t seed = 0; seed < 15; ++seed) {
    SCOPED_TRACE(seed);
    expect_given_back(seed);
  }
}

TEST(Storage, InfiniteScoresAreKept) {
  const TempFolder folder;
  const StudyDefinition definition = study_definition(1);
  const auto study = create_study(folder.path() / "s.db", definition);
  Random random(2);
  Trial trial = random_trial(definition, 0, random);
  trial.pages[0].scores.set(Score::sharpness, std::numeric_limits<double>::infinity());
  study->append(trial);
  EXPECT_TRUE(same_trial(study->trials().at(0), trial));
}

TEST(Storage, ANumberIsWrittenOnce) {
  const TempFolder folder;
  const fs::path file = folder.path() / "study.db";
  const std::vector<Trial> trials = make_study(file);
  const auto one = open_study(file);
  const auto other = open_study(file);
  Random random(3);
  const Trial twice = random_trial(one->definition(), 4, random);
  const std::string message = error_of(Errc::study_error, [&] { one->append(twice); });
  EXPECT_TRUE(contains(message, "study.db: trial 4 was written by another process")) << message;
  EXPECT_TRUE(same_trials(one->trials(), trials));
  one->append(random_trial(one->definition(), 10, random));
  error_of(Errc::study_error, [&] { other->append(random_trial(one->definition(), 10, random)); });
  other->append(random_trial(one->definition(), 11, random));
  EXPECT_EQ(one->trials().size(), 12U);
  EXPECT_EQ(one->foreign_trials(), 0);
}

TEST(Storage, OfManyThatCreateItAtOnceOneDoesAndTheOthersOpenIt) {
  for (int round = 0; round < test::repetitions(50, 15); ++round) {
    const TempFolder folder;
    const std::string file = folder.path() / "s.db";
    const StudyDefinition definition = study_definition(3);
    std::vector<std::jthread> threads;
    std::atomic<int> same = 0;
    for (int i = 0; i < 8; ++i) {
      threads.emplace_back([&] {
        if (same_definition(create_study(file, definition)->definition(), definition)) ++same;
      });
    }
    threads.clear();
    EXPECT_EQ(same, 8);
  }
}

TEST(Storage, AStudyWhoseFileIsDeletedIsNotWrittenOn) {
  const TempFolder folder;
  const fs::path file = folder.path() / "s.db";
  const auto study = create_study(file, study_definition(1));
  Random random(4);
  study->append(random_trial(study->definition(), 0, random));
  fs::remove(file);
  const auto told = [&](const auto& action) {
    return contains(error_of(Errc::study_error, action),
                    "s.db: was deleted, moved or replaced while it was in use");
  };
  EXPECT_TRUE(told([&] { study->append(random_trial(study->definition(), 1, random)); }));
  EXPECT_TRUE(told([&] { (void)study->trials(); }));
  (void)folder.write("s.db", std::string_view("another file"));
  EXPECT_TRUE(told([&] { study->keep_verdict("v"); }));
}

TEST(Storage, KeepsWhoWentOn) {
  const TempFolder folder;
  const fs::path file = folder.path() / "s.db";
  const std::string begun = create_study(file, study_definition(1))->definition().program;
  open_study(file)->continue_with("another", 3);
  EXPECT_EQ(view_study(file)->definition().program, begun + "; from trial 3: another");
}

TEST(Storage, BeginsAgainWhereBeginningWasCutShort) {
  const TempFolder folder;
  const fs::path file = folder.path() / "study.db";
  // The journal's mode is the first thing written.
  run_sql(file, "PRAGMA journal_mode = WAL");
  ASSERT_GT(fs::file_size(file), 0U);
  EXPECT_FALSE(study_exists(file));
  (void)create_study(file, study_definition(1));
  EXPECT_TRUE(study_exists(file));
  EXPECT_TRUE(open_study(file)->trials().empty());
}

TEST(Storage, BeginsAgainWhereTheFirstTransactionIsToBeRolledBack) {
  const TempFolder folder;
  const fs::path cut = folder.path() / "cut.db";
  const fs::path file = folder.path() / "study.db";
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(cut.c_str(), &database), SQLITE_OK);
  // Pages that don't fit into memory are written before the transaction ends.
  ASSERT_EQ(sqlite3_exec(database,
                         "PRAGMA cache_size = 2; BEGIN IMMEDIATE; CREATE TABLE t (x);"
                         "INSERT INTO t VALUES (randomblob(100000)), (randomblob(100000))",
                         nullptr, nullptr, nullptr),
            SQLITE_OK);
  fs::copy(cut, file);
  fs::copy(cut.string() + "-journal", file.string() + "-journal");
  sqlite3_close(database);
  ASSERT_GT(fs::file_size(file), 0U);
  EXPECT_FALSE(study_exists(file));
  (void)create_study(file, study_definition(1));
  EXPECT_TRUE(open_study(file)->trials().empty());
}

TEST(Storage, TrialsOfOtherProgramsAreCountedAndLeftAlone) {
  const TempFolder folder;
  const fs::path file = folder.path() / "study.db";
  const std::vector<Trial> trials = make_study(file);
  run_sql(file, "INSERT INTO trials (number, study_id, state) VALUES (10, 1, 'COMPLETE')");
  const auto study = open_study(file);
  EXPECT_EQ(study->foreign_trials(), 1);
  EXPECT_TRUE(same_trials(study->trials(), trials));
  Random random(4);
  study->append(random_trial(study->definition(), 10, random));
  EXPECT_EQ(study->trials().size(), 11U);
}

/// The numbers of the study's trials that Optuna sees, in the order in which they were written.
std::vector<std::size_t> optuna_numbers(const fs::path& file) {
  std::vector<std::size_t> numbers;
  sqlite3* database = nullptr;
  EXPECT_EQ(sqlite3_open(file.c_str(), &database), SQLITE_OK);
  sqlite3_stmt* query = nullptr;
  EXPECT_EQ(
      sqlite3_prepare_v2(database, "SELECT number FROM trials WHERE study_id = 1 ORDER BY trial_id",
                         -1, &query, nullptr),
      SQLITE_OK);
  while (sqlite3_step(query) == SQLITE_ROW)
    numbers.push_back(static_cast<std::size_t>(sqlite3_column_int64(query, 0)));
  sqlite3_finalize(query);
  sqlite3_close(database);
  return numbers;
}

/// A trial as Optuna adds it: with the number of those before it in its study.
void add_as_optuna(const fs::path& file, int study) {
  const std::string id = std::to_string(study);
  run_sql(file, "INSERT INTO trials (study_id, state) VALUES (" + id +
                    ", 'RUNNING'); UPDATE trials SET number = (SELECT COUNT(*) FROM trials t WHERE "
                    "t.study_id = " +
                    id + " AND t.trial_id < trials.trial_id) WHERE number IS NULL");
}

TEST(Storage, TrialsAreNumberedAsByOptuna) {
  const TempFolder folder;
  const fs::path file = folder.path() / "study.db";
  const auto study = create_study(file, study_definition(1));
  run_sql(file, "INSERT INTO studies (study_name) VALUES ('another')");
  Random random(8);
  std::size_t ours = 0;
  int foreign = 0;
  std::vector<std::size_t> expected;
  for (int i = 0; i < 60; ++i) {
    const int writer = random.integer(0, 3);
    // Our own numbers are others, because foreign trials have none of them.
    if (writer < 2) study->append(random_trial(study->definition(), 2 * ours++, random));
    if (writer >= 2) add_as_optuna(file, writer - 1);
    if (writer >= 2) ++foreign;
    if (writer < 3) expected.push_back(expected.size());
    ASSERT_EQ(optuna_numbers(file), expected);
  }
  EXPECT_GT(foreign, 0);
  EXPECT_EQ(study->foreign_trials(), foreign);
  EXPECT_EQ(study->counts().finished, ours);
}

TEST(Storage, TrialsAreCountedWhereTheLastHasNoNumber) {
  const TempFolder folder;
  const fs::path file = folder.path() / "study.db";
  (void)make_study(file);
  run_sql(file, "INSERT INTO trials (study_id, state) VALUES (1, 'RUNNING')");
  const auto study = open_study(file);
  Random random(9);
  study->append(random_trial(study->definition(), 10, random));
  EXPECT_EQ(optuna_numbers(file).back(), 11U);
}

TEST(Storage, WhatIsNoStudyIsRefused) {
  const TempFolder folder;
  const auto refusal = [](const fs::path& file) {
    const std::string message = error_of(Errc::study_error, [&] { (void)view_study(file); });
    EXPECT_EQ(message, error_of(Errc::study_error, [&] { (void)open_study(file); }));
    EXPECT_TRUE(contains(message, file.filename().string())) << message;
    return message;
  };
  EXPECT_TRUE(contains(refusal(folder.path() / "none.db"), "no such study"));
  EXPECT_TRUE(contains(refusal(folder.write("empty.db", "")), "no such study"));
  EXPECT_FALSE(study_exists(folder.path() / "empty.db"));
  EXPECT_TRUE(contains(refusal(folder.path()), "is not a regular file"));
  EXPECT_TRUE(contains(refusal("/dev/null"), "is not a regular file"));
  EXPECT_TRUE(contains(refusal(folder.write("text.db", std::string(5000, 'x'))),
                       "is not a SQLite database"));
  const fs::path other = folder.path() / "other.db";
  run_sql(other, "CREATE TABLE notes (text TEXT)");
  EXPECT_TRUE(contains(refusal(other), "is a database of another program"));
  EXPECT_TRUE(study_exists(other));
}

TEST(Storage, CreatingNeverTouchesWhatIsThere) {
  const TempFolder folder;
  const fs::path file = folder.path() / "study.db";
  const std::vector<Trial> trials = make_study(file);
  EXPECT_TRUE(
      same_definition(create_study(file, study_definition(1))->definition(), study_definition(3)))
      << "it is opened";
  EXPECT_TRUE(same_trials(view_study(file)->trials(), trials));
  const fs::path text = folder.write("text.db", "my notes, no database at all");
  error_of(Errc::study_error, [&] { (void)create_study(text, study_definition(1)); });
  EXPECT_EQ(read_text(text, 100), "my notes, no database at all");
  error_of(Errc::study_error,
           [&] { (void)create_study(folder.path() / "no" / "s.db", study_definition(1)); });
}

TEST(Storage, AStudyOfANewerProgramIsRefused) {
  const TempFolder folder;
  const fs::path file = folder.path() / "study.db";
  (void)make_study(file);
  run_sql(file, "UPDATE ocrtune_study SET format = 1000, program = 'ocrtune 9'");
  EXPECT_TRUE(contains(error_of(Errc::study_error, [&] { (void)view_study(file); }),
                       "newer version of ocrtune (ocrtune 9)"));
}

TEST(Storage, DamagedRowsAreSaid) {
  for (const char* sql :
       {"DELETE FROM ocrtune_results WHERE number = 3 AND page = 1", "DELETE FROM ocrtune_study",
        "UPDATE ocrtune_study SET pipeline = 'x ='",
        "UPDATE ocrtune_study SET pipeline = replace(hex(zeroblob(45000)), '00', 'a.') || 'a = 1'",
        "UPDATE ocrtune_study SET objective = 'x'", "UPDATE ocrtune_study SET engine = 'x'",
        "UPDATE ocrtune_study SET engine = 'fra=lstm'",
        "UPDATE ocrtune_study SET engine = 'eng+fra=auto'",
        "UPDATE ocrtune_pages SET labels = '[[1]]'", "UPDATE ocrtune_pages SET labels = '{'",
        "UPDATE ocrtune_pages SET labels = '7'", "DROP TABLE ocrtune_pages",
        "DROP TABLE ocrtune_results", "DELETE FROM ocrtune_pages WHERE page = 0"}) {
    SCOPED_TRACE(sql);
    const TempFolder folder;
    const fs::path file = folder.path() / "study.db";
    (void)make_study(file);
    run_sql(file, sql);
    const std::string message =
        error_of(Errc::study_error, [&] { (void)view_study(file)->trials(); });
    EXPECT_TRUE(contains(message, "study.db: "));
  }
}

/// The trials, or nothing where the file is refused with one line.
std::optional<std::vector<Trial>> read_all(const fs::path& file, bool for_writing) {
  try {
    const auto study = for_writing ? open_study(file) : view_study(file);
    (void)study->foreign_trials();
    return study->trials();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::study_error) << error.what();
    EXPECT_EQ(std::string_view(error.what()).find('\n'), std::string_view::npos) << error.what();
    return std::nullopt;
  }
}

TEST(Storage, CutFilesAreRefusedOrReadRight) {
  const TempFolder folder;
  const std::vector<Trial> trials = make_study(folder.path() / "whole.db");
  const std::string whole = read_text(folder.path() / "whole.db", 10'000'000);
  ASSERT_GT(whole.size(), 20'000U);
  std::size_t refused = 0;
  std::vector<std::size_t> lengths{whole.size() - 1, whole.size() - 4095, whole.size() - 4096};
  for (std::size_t length = 1; length < whole.size(); length += whole.size() / 60)
    lengths.push_back(length);
  for (const std::size_t length : lengths) {
    const TempFolder cut;
    const auto read = read_all(cut.write("s.db", whole.substr(0, length)), length % 2 == 0);
    EXPECT_TRUE(!read || same_trials(*read, trials)) << length;
    refused += read ? 0U : 1U;
  }
  EXPECT_GT(refused, 50U);
}

TEST(Storage, FlippedBytesNeverCrash) {
  const TempFolder folder;
  (void)make_study(folder.path() / "whole.db");
  const std::string whole = read_text(folder.path() / "whole.db", 10'000'000);
  Random random(6);
  for (int i = 0; i < 300; ++i) {
    std::string bytes = whole;
    for (int flips = random.integer(1, 20); flips > 0; --flips) {
      const int at = random.integer(0, static_cast<int>(bytes.size()) - 1);
      bytes[static_cast<std::size_t>(at)] = static_cast<char>(random.integer(-128, 127));
    }
    const TempFolder damaged;
    (void)read_all(damaged.write("s.db", bytes), i % 10 == 0);
  }
}

}  // namespace
}  // namespace ocrtune
