#include "ocrtune/storage/sql_dialect.h"

#include <gtest/gtest.h>

namespace ocrtune {
namespace {

TEST(SqlDialect, ParametersAreNumbered) {
  EXPECT_EQ(numbered_parameters("INSERT INTO a VALUES (?, ?, ?)"),
            "INSERT INTO a VALUES ($1, $2, $3)");
  EXPECT_EQ(numbered_parameters("SELECT a WHERE b >= ?1 AND c <= ?2"),
            "SELECT a WHERE b >= $1 AND c <= $2");
  EXPECT_EQ(numbered_parameters("SELECT 'why?' WHERE a = ?"), "SELECT 'why?' WHERE a = $1");
}

TEST(SqlDialect, TypesAreThoseOfPostgresql) {
  EXPECT_EQ(postgresql_schema("CREATE TABLE a (\n  id INTEGER NOT NULL PRIMARY KEY,\n"
                              "  n INTEGER NOT NULL,\n  x REAL,\n  y FLOAT,\n  t DATETIME\n) "
                              "WITHOUT ROWID;"),
            "CREATE TABLE a (\n  id BIGSERIAL NOT NULL PRIMARY KEY,\n  n BIGINT NOT NULL,\n"
            "  x DOUBLE PRECISION,\n  y DOUBLE PRECISION,\n  t TIMESTAMP\n);");
  EXPECT_EQ(postgresql_schema("  intermediate_value_type VARCHAR(7) NOT NULL"),
            "  intermediate_value_type trialintermediatevaluetype NOT NULL");
}

}  // namespace
}  // namespace ocrtune
