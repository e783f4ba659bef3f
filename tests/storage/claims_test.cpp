#include "ocrtune/storage/claims.h"

#include <gtest/gtest.h>

#include <set>

#include "ocrtune/storage/reconnect.h"
#include "ocrtune/storage/sqlite_database.h"
#include "support/lossy_database.h"

namespace ocrtune {
namespace {

/// Ten rows that are claimed over a connection whose answers get lost.
class LostClaims : public ::testing::Test {
 protected:
  LostClaims() {
    database_.create_tables(
        "CREATE TABLE rows (id INTEGER NOT NULL PRIMARY KEY, state TEXT NOT NULL, worker TEXT NOT "
        "NULL, claims INTEGER NOT NULL, claimed REAL NOT NULL, leased REAL NOT NULL)");
    for (int id = 0; id < 10; ++id)
      database_.execute("INSERT INTO rows VALUES (" + std::to_string(id) +
                        ", 'waiting', '', 0, 0, 0)");
  }

  std::set<std::int64_t> claim(const std::string& worker, std::size_t most) {
    std::set<std::int64_t> ids;
    repeated(database_, {.patience = 60}, [&] {
      claims_.claim(worker, most, [&](const SqlStatement& row) { ids.insert(row.integer(0)); });
    });
    return ids;
  }

  std::size_t count(const std::string& which) {
    Statement query(database_, "SELECT COUNT(*) FROM rows WHERE " + which);
    return sum_of(*query);
  }

  std::shared_ptr<std::string> lost_ = std::make_shared<std::string>();
  test::LossyDatabase database_{open_sqlite("", SqliteMode::create), lost_};
  Claims claims_{database_, "rows", "id", "id", kLease};
};

using Ids = std::set<std::int64_t>;

TEST_F(LostClaims, WhatWasClaimedWithoutAnAnswerIsClaimedNext) {
  EXPECT_EQ(claim("w", 2), (Ids{0, 1}));
  EXPECT_EQ(claim("v", 1), (Ids{2}));
  *lost_ = "SET state = 'claimed'";
  EXPECT_EQ(claim("w", 3), (Ids{3, 4, 5}));
  EXPECT_TRUE(lost_->empty());
  EXPECT_EQ(count("state = 'claimed' AND claims = 1"), 6U) << "nothing is claimed twice";
  EXPECT_EQ(claim("w", 9), (Ids{6, 7, 8, 9}));
}

TEST_F(LostClaims, AlsoIfTheServerComesToItLater) {
  EXPECT_EQ(claim("w", 1), (Ids{0}));
  *lost_ = "SET state = 'claimed'";
  EXPECT_EQ(claim("w", 1), (Ids{1}));
  // As the lost claim would, once the next one was made.
  database_.execute(
      "UPDATE rows SET state = 'claimed', worker = 'w', claims = 1 WHERE id IN (7, 8)");
  EXPECT_EQ(claim("w", 1), (Ids{7}));
  EXPECT_EQ(claim("w", 1), (Ids{8}));
  EXPECT_EQ(claim("w", 1), (Ids{2}));
}

TEST_F(LostClaims, WhatHasEndedIsClaimedAgainIfItWaitsAgain) {
  *lost_ = "SET state = 'claimed'";
  EXPECT_EQ(claim("w", 1), (Ids{0}));
  database_.execute("UPDATE rows SET state = 'done' WHERE id = 0");
  claims_.forget("w", 0);
  database_.execute("UPDATE rows SET state = 'claimed', worker = 'w' WHERE id = 0");
  EXPECT_EQ(claim("w", 1), (Ids{0}));
  claims_.give_back("w");
  EXPECT_EQ(count("state = 'waiting'"), 10U);
  EXPECT_EQ(claim("w", 1), (Ids{0}));
}

}  // namespace
}  // namespace ocrtune
