#include <gtest/gtest.h>
#include <sqlite3.h>

#include <new>

#include "ocrtune/storage/storage.h"
#include "support/studies.h"
#include "support/temp_folder.h"

namespace ocrtune {
namespace {

/// False if SQLite has too little memory for it.
bool is_read_within(const std::filesystem::path& study, int bytes) {
  sqlite3_hard_heap_limit64(sqlite3_memory_used() + bytes);
  bool is_read = true;
  try {
    (void)view_study(study)->trials();
  } catch (const std::bad_alloc&) {
    is_read = false;
  }
  sqlite3_hard_heap_limit64(0);
  sqlite3_soft_heap_limit64(0);
  return is_read;
}

TEST(SqliteDatabase, SaysThatMemoryRanOut) {
  const test::TempFolder folder;
  const auto file = folder.path() / "s.db";
  (void)create_study(file, test::study_definition(3));
  int bytes = 10'000;
  while (!is_read_within(file, bytes)) bytes += 2'000;
  EXPECT_GT(bytes, 20'000);
}

}  // namespace
}  // namespace ocrtune
