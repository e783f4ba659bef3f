// The steps of a study's trials: kept, given back, and refused where they can't be right.

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <filesystem>
#include <string_view>

#include "ocrtune/base/files.h"
#include "ocrtune/storage/own_schema.h"
#include "ocrtune/storage/storage.h"
#include "support/errors.h"
#include "support/sql.h"
#include "support/studies.h"
#include "support/temp_folder.h"

namespace ocrtune {
namespace {
namespace fs = std::filesystem;

using test::add_steps;
using test::contains;
using test::error_of;
using test::random_trial;
using test::run_sql;
using test::study_definition;
using test::TempFolder;

struct Row {
  std::size_t number = 0;
  std::size_t page = 0;
  StepTiming step;
  bool operator==(const Row&) const = default;
};

std::ostream& operator<<(std::ostream& out, const Row& row) {
  return out << row.number << ' ' << row.page << ' ' << row.step.name << ' ' << row.step.ms << ' '
             << row.step.cached;
}

std::vector<Row> rows_of(const Storage& study) {
  std::vector<Row> rows;
  study.each_step([&](std::size_t number, std::size_t page, const StepTiming& step) {
    rows.push_back({number, page, step});
  });
  return rows;
}

std::vector<Row> rows_of(std::vector<Trial> trials) {
  std::ranges::sort(trials, {}, &Trial::number);
  std::vector<Row> rows;
  for (const Trial& trial : trials) {
    for (std::size_t page = 0; page < trial.pages.size(); ++page) {
      for (const StepTiming& step : trial.pages[page].timings.steps)
        rows.push_back({trial.number, page, step});
    }
  }
  return rows;
}

Trial trial_with_steps(const StudyDefinition& definition, std::size_t number, Random& random) {
  Trial trial = random_trial(definition, number, random);
  add_steps(trial, random);
  return trial;
}

/// A study of three trials on three pages, all with steps.
std::vector<Trial> make_stepped_study(const fs::path& file) {
  const StudyDefinition definition = study_definition(3);
  Random random(1);
  std::vector<Trial> trials;
  const auto study = create_study(file, definition);
  for (const std::size_t number : {0U, 1U, 2U}) {
    trials.push_back(trial_with_steps(definition, number, random));
    study->append(trials.back());
  }
  return trials;
}

void expect_steps_given_back(std::uint64_t seed) {
  const TempFolder folder;
  const fs::path file = folder.path() / "study.db";
  Random random(seed);
  const StudyDefinition definition = study_definition(random.integer(0, 5));
  std::vector<Trial> trials;
  const auto study = create_study(file, definition);
  EXPECT_TRUE(rows_of(*study).empty());
  // Out of order, and one of them without steps.
  for (const std::size_t number : {4U, 0U, 11U, 3U}) {
    trials.push_back(number == 3 ? random_trial(definition, number, random)
                                 : trial_with_steps(definition, number, random));
    study->append(trials.back());
  }
  EXPECT_EQ(rows_of(*study), rows_of(trials));
  EXPECT_EQ(rows_of(*view_study(file)), rows_of(trials));
  for (const Trial& trial : study->trials()) {
    for (const PageResult& page : trial.pages) EXPECT_TRUE(page.timings.steps.empty());
  }
  const auto with_steps = study->trial(4, TrialSteps::read);
  ASSERT_TRUE(with_steps);
  EXPECT_EQ(rows_of({*with_steps}), rows_of({trials[0]}));
}

TEST(StorageSteps, OfEarlierVersionsMeasuredNothing) {
  const TempFolder folder;
  const fs::path file = folder.path() / "s.db";
  std::vector<Trial> trials = make_stepped_study(file);
  run_sql(file, "ALTER TABLE ocrtune_steps DROP COLUMN measured");
  for (Trial& trial : trials) {
    for (PageResult& page : trial.pages) {
      for (StepTiming& step : page.timings.steps) step.measured.reset();
    }
  }
  EXPECT_EQ(rows_of(*view_study(file)), rows_of(trials));
  const auto study = open_study(file);
  Random random(4);
  trials.push_back(trial_with_steps(study->definition(), 3, random));
  trials.back().pages[0].timings.steps[0].measured = 12.5;
  study->append(trials.back());
  EXPECT_EQ(rows_of(*view_study(file)), rows_of(trials));
}

TEST(StorageSteps, AreGivenBackExactly) {
  // Few cases: each waits for the disk several times.
  for (std::uint64_t seed = 0; seed < 15; ++seed) {
    SCOPED_TRACE(seed);
    expect_steps_given_back(seed);
  }
}

TEST(StorageSteps, AreKeptForAllPagesOrForNone) {
  const TempFolder folder;
  const StudyDefinition definition = study_definition(2);
  const auto study = create_study(folder.path() / "s.db", definition);
  Random random(2);
  Trial trial = trial_with_steps(definition, 0, random);
  trial.pages[1].timings.steps.clear();
  study->append(trial);
  EXPECT_TRUE(rows_of(*study).empty());
}

TEST(StorageSteps, ATimeBelowZeroIsNone) {
  const TempFolder folder;
  const StudyDefinition definition = study_definition(1);
  const auto study = create_study(folder.path() / "s.db", definition);
  Random random(2);
  Trial trial = random_trial(definition, 0, random);
  trial.pages[0].timings.steps = {{"wait", -3, false}};
  study->append(trial);
  EXPECT_EQ(rows_of(*study), (std::vector<Row>{{0, 0, {"wait", 0, false}}}));
}

TEST(StorageSteps, ATrialThatFailsLeavesNone) {
  const TempFolder folder;
  const fs::path file = folder.path() / "s.db";
  const std::vector<Trial> trials = make_stepped_study(file);
  const auto study = open_study(file);
  Random random(3);
  error_of(Errc::study_error,
           [&] { study->append(trial_with_steps(study->definition(), 1, random)); });
  EXPECT_EQ(rows_of(*study), rows_of(trials));
}

TEST(StorageFormat, OthersAreRefused) {
  const TempFolder folder;
  const fs::path file = folder.path() / "s.db";
  (void)make_stepped_study(file);
  for (const auto& [format, message] : std::vector<std::pair<std::string, std::string>>{
           {std::to_string(kStudyFormat + 1), "newer version of ocrtune (ocrtune test)"},
           {"9223372036854775807", "newer version of ocrtune"},
           {"4294967297", "newer version of ocrtune"},
           {"0", "is damaged: its format is 0"},
           {"-1", "is damaged: its format is -1"},
           {"'x'", "is damaged: its format is 0"}}) {
    run_sql(file, "UPDATE ocrtune_study SET format = " + format);
    const std::string said = error_of(Errc::study_error, [&] { (void)view_study(file); });
    EXPECT_TRUE(contains(said, "s.db: ") && contains(said, message)) << said;
    EXPECT_EQ(said, error_of(Errc::study_error, [&] { (void)open_study(file); }));
  }
}

struct Damage {
  std::string sql;
  std::string message;
};

/// SQLite checks NOT NULL and types when it writes; a file made to do harm has tables of its own.
Damage looser(const std::string& sql, const std::string& message) {
  return {
      "CREATE TABLE t AS SELECT * FROM ocrtune_steps; DROP TABLE ocrtune_steps;"
      "ALTER TABLE t RENAME TO ocrtune_steps; UPDATE ocrtune_steps SET " +
          sql,
      message};
}

TEST(StorageSteps, DamagedRowsAreSaid) {
  const std::string of_1 = " WHERE number = 1 AND page = 1";
  const std::string first = of_1 + " AND place = 0";
  const std::string unreadable = "is damaged: step 0 of trial 1 on page 1 can't be read";
  const std::string lost = "is damaged: a step belongs to no trial, or to no page";
  const std::vector<Damage> damages{
      {"UPDATE ocrtune_steps SET name = ''" + first, unreadable},
      {"UPDATE ocrtune_steps SET name = 'a b'" + first, unreadable},
      {"UPDATE ocrtune_steps SET name = 'a;b'" + first, unreadable},
      {"UPDATE ocrtune_steps SET name = x'776169'" + first, unreadable},
      {"UPDATE ocrtune_steps SET name = CAST(x'61ff' AS TEXT)" + first, unreadable},
      {"UPDATE ocrtune_steps SET name = CAST(x'610062' AS TEXT)" + first, unreadable},
      {"UPDATE ocrtune_steps SET name = printf('%.*c', 30000000, 'x')" + first, unreadable},
      {"UPDATE ocrtune_steps SET ms = -0.5" + first, unreadable},
      {"UPDATE ocrtune_steps SET ms = 9e999" + first, unreadable},
      {"UPDATE ocrtune_steps SET ms = 'soon'" + first, unreadable},
      {"UPDATE ocrtune_steps SET cached = 2" + first, unreadable},
      {"UPDATE ocrtune_steps SET cached = -1" + first, unreadable},
      {"UPDATE ocrtune_steps SET cached = 0.5" + first, unreadable},
      {"UPDATE ocrtune_steps SET measured = 'much'" + first, unreadable},
      {"UPDATE ocrtune_steps SET measured = 9e999" + first, unreadable},
      looser("name = NULL" + first, unreadable),
      looser("ms = NULL" + first, unreadable),
      looser("cached = NULL" + first, unreadable),
      looser("number = NULL" + first, lost),
      looser("number = 'one' WHERE number = 2", lost),
      looser("page = NULL" + first, lost),
      looser("page = 0.5" + first, lost),
      looser("place = NULL" + first, lost),
      {"UPDATE ocrtune_steps SET number = -1" + of_1, lost},
      {"UPDATE ocrtune_steps SET page = -1" + of_1, lost},
      {"UPDATE ocrtune_steps SET page = 3 WHERE number = 1 AND page = 2", lost},
      {"UPDATE ocrtune_steps SET page = 9223372036854775807 WHERE number = 2 AND page = 2", lost},
      {"UPDATE ocrtune_steps SET place = -1" + first, lost},
      {"DELETE FROM ocrtune_steps" + of_1, "is damaged: trial 1 has no steps on page 1"},
      {"DELETE FROM ocrtune_steps" + first, "is damaged: trial 1 has no steps on page 1"},
      {"UPDATE ocrtune_steps SET place = 9" + first, "is damaged: trial 1 has no steps on page 1"},
      {"DELETE FROM ocrtune_steps WHERE number = 2 AND page = 2",
       "is damaged: trial 2 has no steps on page 2"},
      {"DELETE FROM ocrtune_steps WHERE number = 1 AND page = 2",
       "is damaged: trial 1 has no steps on page 2"},
      {"UPDATE ocrtune_steps SET number = 9223372036854775807" + of_1,
       "is damaged: trial 1 has no steps on page 1"},
      {"DROP TABLE ocrtune_steps", "no such table: ocrtune_steps"},
      {"DROP TABLE ocrtune_steps; CREATE TABLE ocrtune_steps (x)", "no such column"},
  };
  for (const Damage& damage : damages) {
    SCOPED_TRACE(damage.sql);
    const TempFolder folder;
    const fs::path file = folder.path() / "study.db";
    (void)make_stepped_study(file);
    run_sql(file, damage.sql);
    const auto study = view_study(file);
    EXPECT_EQ(study->trials().size(), 3U);
    const std::string message = error_of(Errc::study_error, [&] { (void)rows_of(*study); });
    EXPECT_TRUE(contains(message, "study.db: ")) << message;
    EXPECT_TRUE(contains(message, damage.message)) << message;
  }
}

TEST(StorageSteps, FlippedBytesAreRefusedOrReadRight) {
  const TempFolder folder;
  (void)make_stepped_study(folder.path() / "whole.db");
  const std::string whole = read_text(folder.path() / "whole.db", 10'000'000);
  Random random(6);
  std::size_t read = 0;
  for (int i = 0; i < 300; ++i) {
    std::string bytes = whole;
    for (int flips = random.integer(1, 20); flips > 0; --flips) {
      const int at = random.integer(0, static_cast<int>(bytes.size()) - 1);
      bytes[static_cast<std::size_t>(at)] = static_cast<char>(random.integer(-128, 127));
    }
    const TempFolder damaged;
    try {
      for (const Row& row : rows_of(*view_study(damaged.write("s.db", bytes)))) {
        EXPECT_LT(row.page, 3U);
        EXPECT_GE(row.step.ms, 0);
        EXPECT_FALSE(row.step.name.empty());
      }
      ++read;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), Errc::study_error) << error.what();
      EXPECT_EQ(std::string_view(error.what()).find('\n'), std::string_view::npos) << error.what();
    }
  }
  EXPECT_GT(read, 10U);
  EXPECT_LT(read, 290U);
}

}  // namespace
}  // namespace ocrtune
