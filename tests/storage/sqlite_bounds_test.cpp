// Files of SQLite from anywhere, made to take all time or all memory.

#include "ocrtune/storage/sqlite_bounds.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>

#include "ocrtune/base/files.h"
#include "ocrtune/storage/sqlite_database.h"
#include "ocrtune/storage/storage.h"
#include "support/errors.h"
#include "support/sql.h"
#include "support/studies.h"
#include "support/temp_folder.h"

namespace ocrtune {
namespace {
namespace fs = std::filesystem;

using test::contains;
using test::error_of;
using test::run_sql;
using test::study_definition;
using test::TempFolder;

/// A table like that of the trials, for a program that has changed the file.
constexpr const char* kOtherTrials =
    "CREATE TABLE t (id INTEGER PRIMARY KEY, number, state, started_us, finished_us, optuna_id);"
    "INSERT INTO t VALUES (1, 0, 'complete', 1, 2, 1); DROP TABLE ocrtune_trials;"
    "ALTER TABLE t RENAME TO ocrtune_trials;";

fs::path new_study(const TempFolder& folder) {
  const fs::path file = folder.path() / "s.db";
  (void)create_study(file, study_definition(3));
  return file;
}

/// What is said of the file, whether it is opened to be read or to be written.
std::string refusal(const fs::path& file) {
  const std::string message =
      error_of(Errc::study_error, [&] { (void)view_study(file)->trials(); });
  EXPECT_EQ(message, error_of(Errc::study_error, [&] { (void)open_study(file)->trials(); }));
  EXPECT_TRUE(contains(message, "s.db: ")) << message;
  return message;
}

std::string after(const std::string& sql) {
  const TempFolder folder;
  const fs::path file = new_study(folder);
  run_sql(file, sql);
  return refusal(file);
}

TEST(SqliteBounds, WhatIsNoTableWhereAStudyHasOneIsRefused) {
  const std::string view =
      " AS WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT n AS id, n AS "
      "number, 'complete' AS state, 1 AS started_us, 2 AS finished_us, 1 AS optuna_id FROM r";
  EXPECT_TRUE(contains(after("DROP TABLE ocrtune_trials; CREATE VIEW ocrtune_trials" + view),
                       "`ocrtune_trials` is a view, not a table"));
  EXPECT_TRUE(contains(after("DROP TABLE ocrtune_trials; CREATE VIEW OCRTUNE_Trials" + view),
                       "`OCRTUNE_Trials` is a view, not a table"));
  EXPECT_TRUE(contains(after("DROP TABLE trials; CREATE VIEW trials" + view),
                       "`trials` is a view, not a table"));
  EXPECT_TRUE(contains(after("CREATE TRIGGER x AFTER INSERT ON ocrtune_points BEGIN "
                             "DELETE FROM ocrtune_points; END"),
                       "`ocrtune_points` has a trigger"));
  EXPECT_TRUE(contains(after("DROP TABLE ocrtune_steps; CREATE VIRTUAL TABLE ocrtune_steps USING "
                             "fts5(number, page, place, name, ms, cached)"),
                       "`ocrtune_steps` is a virtual table"));
  EXPECT_TRUE(contains(after("ALTER TABLE ocrtune_steps ADD COLUMN x AS (hex(zeroblob(100000)))"),
                       "`ocrtune_steps` has a generated column"));
}

TEST(SqliteBounds, WhatOthersAddIsLeftAlone) {
  const TempFolder folder;
  const fs::path file = new_study(folder);
  run_sql(
      file,
      "CREATE VIEW best AS SELECT * FROM ocrtune_trials; CREATE TABLE notes (text TEXT, size "
      "AS (length(text))); CREATE TRIGGER x AFTER INSERT ON notes BEGIN DELETE FROM notes; END; "
      "ANALYZE");
  EXPECT_TRUE(view_study(file)->trials().empty());
  EXPECT_TRUE(open_study(file)->trials().empty());
}

TEST(SqliteBounds, ASchemaHasALimit) {
  std::string tables = "BEGIN;";
  for (int i = 0; i < 5000; ++i) tables += fmt::format("CREATE TABLE x{} (a);", i);
  EXPECT_TRUE(contains(after(tables + "COMMIT"), "its schema is too large"));
  std::string columns = "CREATE TABLE x (a";
  for (int i = 0; i < 1900; ++i) columns += fmt::format(", column_of_some_length_{}", i);
  EXPECT_TRUE(contains(after(columns + ")"), "its schema is too large"));
}

/// Makes a table's tree endless in practice: each page of a level has the same page of the next
/// 500 times.
void make_endless(const fs::path& file, std::size_t root) {
  constexpr std::size_t kPage = 4096;
  constexpr std::size_t kCells = 500;
  std::string bytes = read_text(file, 10'000'000);
  const auto put = [](std::string& page, std::size_t at, std::size_t value, int size) {
    for (int i = size - 1; i >= 0; --i, value >>= 8U)
      page[at + static_cast<std::size_t>(i)] = static_cast<char>(value & 0xffU);
  };
  const auto page_above = [&](std::size_t child) {
    std::string page(kPage, '\0');
    put(page, 0, 5, 1);  // an inner page of a table
    put(page, 3, kCells, 2);
    put(page, 5, kPage - 5 * kCells, 2);
    put(page, 8, child, 4);
    for (std::size_t i = 0; i < kCells; ++i) {
      const std::size_t cell = kPage - 5 * (i + 1);
      put(page, 12 + 2 * i, cell, 2);
      put(page, cell, child, 4);
      put(page, cell + 4, 1, 1);
    }
    return page;
  };
  bytes += bytes.substr((root - 1) * kPage, kPage);
  for (int level = 0; level < 5; ++level) bytes += page_above(bytes.size() / kPage);
  bytes.replace((root - 1) * kPage, kPage, page_above(bytes.size() / kPage));
  put(bytes, 28, bytes.size() / kPage, 4);
  write_atomically(file, bytes);
}

TEST(SqliteBounds, ATableWithoutEndEnds) {
  const TempFolder folder;
  const fs::path file = new_study(folder);
  run_sql(file, std::string("PRAGMA journal_mode = DELETE;") + kOtherTrials);
  std::size_t root = 0;
  {
    const auto database = open_sqlite(file, SqliteMode::read);
    Statement query(*database, "SELECT rootpage FROM sqlite_schema WHERE name = 'ocrtune_trials'");
    ASSERT_TRUE(query->next());
    root = static_cast<std::size_t>(query->integer(0));
  }
  make_endless(file, root);
  EXPECT_TRUE(contains(refusal(file), "has more content than a file of its size can have"));
  const auto database = open_sqlite(file, SqliteMode::read);
  for (const char* sql : {"SELECT id FROM ocrtune_trials", "SELECT COUNT(id) FROM ocrtune_trials",
                          "SELECT number FROM ocrtune_trials ORDER BY number DESC"}) {
    SCOPED_TRACE(sql);
    error_of(Errc::study_error, [&] {
      Statement query(*database, sql);
      while (query->next()) continue;
    });
  }
}

TEST(SqliteBounds, WhatIsReadForLongIsInterrupted) {
  static std::atomic<bool> stop{false};
  interrupt_sqlite_when(stop);
  const TempFolder folder;
  const fs::path file = new_study(folder);
  const std::string counted =
      "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r LIMIT 300000) SELECT "
      "COUNT(n) FROM r";
  const auto count = [&](SqliteMode mode) {
    const auto database = open_sqlite(file, mode);
    Statement query(*database, counted);
    return query->next() ? query->integer(0) : 0;
  };
  EXPECT_EQ(count(SqliteMode::read), 300'000);
  stop = true;
  EXPECT_EQ(error_of(Errc::interrupted, [&] { (void)count(SqliteMode::read); }), "interrupted");
  EXPECT_EQ(count(SqliteMode::write), 300'000);
  EXPECT_TRUE(view_study(file)->trials().empty());
  stop = false;
}

TEST(SqliteBounds, ALargeStudyIsRead) {
  const TempFolder folder;
  const fs::path file = new_study(folder);
  // More rows than a small file may have.
  run_sql(
      file,
      "WITH RECURSIVE r(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM r LIMIT 400000) INSERT INTO "
      "ocrtune_points SELECT n / 8, n % 8, 'p' || (n % 8), n FROM r");
  const auto database = open_sqlite(file, SqliteMode::read);
  Statement query(*database,
                  "SELECT number, name, value FROM ocrtune_points WHERE number >= 0 ORDER "
                  "BY number, place");
  int rows = 0;
  while (query->next()) ++rows;
  EXPECT_EQ(rows, 400'000);
}

}  // namespace
}  // namespace ocrtune
