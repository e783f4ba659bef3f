#include <gtest/gtest.h>
#include <sqlite3.h>

#include <new>

#include "ocrtune/storage/storage.h"
#include "support/studies.h"
#include "support/temp_folder.h"

namespace ocrtune {
namespace {

TEST(SqliteDatabase, SaysThatMemoryRanOut) {
  const test::TempFolder folder;
  const auto file = folder.path() / "s.db";
  (void)create_study(file, test::study_definition(3));
  // Enough to open a file, and for some of its schema.
  for (const int bytes : {20'000, 60'000, 100'000}) {
    sqlite3_hard_heap_limit64(sqlite3_memory_used() + bytes);
    EXPECT_THROW((void)view_study(file)->trials(), std::bad_alloc) << bytes;
    sqlite3_hard_heap_limit64(0);
  }
  EXPECT_TRUE(view_study(file)->trials().empty());
}

}  // namespace
}  // namespace ocrtune
