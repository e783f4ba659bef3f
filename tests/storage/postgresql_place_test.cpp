#include "ocrtune/storage/postgresql_place.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/storage/sqlite_file.h"
#include "ocrtune/storage/task_queue.h"
#include "support/errors.h"

namespace ocrtune {
namespace {

using test::contains;
using test::error_of;

TEST(PostgresqlPlace, IsADatabaseAndAStudy) {
  EXPECT_TRUE(is_postgresql_address("postgresql://h/d/s"));
  EXPECT_TRUE(is_postgresql_address("postgres://h/d/s"));
  EXPECT_FALSE(is_postgresql_address("postgresql.db"));
  const PostgresqlPlace place = postgresql_place("postgresql://anna@host:5433/ocr/Letters_1887-a");
  EXPECT_EQ(place.connection, "postgresql://anna@host:5433/ocr");
  EXPECT_EQ(place.study, "Letters_1887-a");
  const PostgresqlPlace local =
      postgresql_place("postgresql:///ocr/s?host=/run/pg&sslmode=disable");
  EXPECT_EQ(local.connection, "postgresql:///ocr?host=/run/pg&sslmode=disable");
  EXPECT_EQ(local.study, "s");
}

TEST(PostgresqlPlace, WithoutAStudyIsRefused) {
  for (const char* address :
       {"postgresql://host/ocr", "postgresql://host/ocr/", "postgresql://host", "postgresql://",
        "postgresql:///", "postgresql:///ocr", "postgresql://host/ocr/a b",
        "postgresql://host/ocr/\"", "postgresql://host/ocr/pg_catalog",
        "postgresql://host?dbname=a/b"}) {
    const std::string line =
        error_of(Errc::invalid_argument, [&] { (void)postgresql_place(address); });
    EXPECT_TRUE(contains(line, "postgresql://USER@HOST/DATABASE/STUDY")) << address << ": " << line;
    EXPECT_EQ(line.find('\n'), std::string::npos);
  }
}

TEST(PostgresqlPlace, MayBeAWholeDatabase) {
  for (const char* address : {"postgresql://anna@host:5433/ocr", "postgresql:///ocr?host=/a/b"}) {
    const PostgresqlPlace place = postgresql_place_or_database(address);
    EXPECT_EQ(place.connection, address);
    EXPECT_EQ(place.study, "");
    const PostgresqlPlace study = postgresql_place(address_of_study(place, "s"));
    EXPECT_EQ(study.connection, address);
    EXPECT_EQ(study.study, "s");
    EXPECT_EQ(database_token(study), database_token(place));
  }
  EXPECT_EQ(postgresql_place_or_database("postgresql://host/ocr/s").study, "s");
  for (const char* address : {"postgresql://host", "postgresql://host/", "postgresql://host/ocr/",
                              "postgresql://", "postgresql://a:b@host/ocr"})
    error_of(Errc::invalid_argument, [&] { (void)postgresql_place_or_database(address); });
  const auto token = [](const char* address) {
    return database_token(postgresql_place_or_database(address));
  };
  EXPECT_EQ(token("postgresql://anna@host/ocr?sslmode=require"), token("postgresql://host/ocr"));
  EXPECT_NE(token("postgresql://host/ocr"), token("postgresql://host:5433/ocr"));
  EXPECT_NE(token("postgresql://host/ocr"), token("postgresql://host/other"));
}

TEST(PostgresqlPlace, PasswordsAreRefusedAndNotShown) {
  for (const char* address :
       {"postgresql://anna:secret@host/ocr/s", "postgresql://host/ocr/s?password=secret",
        "postgresql://host/ocr/s?sslpassword=secret&user=anna"}) {
    const std::string line =
        error_of(Errc::invalid_argument, [&] { (void)postgresql_place(address); });
    EXPECT_TRUE(contains(line, "~/.pgpass")) << line;
    EXPECT_FALSE(contains(line, "secret")) << line;
  }
}

/// Where a mistake is, it is refused or not; the line never has the password.
TEST(PostgresqlPlace, NoErrorHasAPasswordHoweverTheAddressIsMistyped) {
  const auto line_of = [](const auto& action) -> std::string {
    try {
      action();
      return "";
    } catch (const Error& error) {
      return error.what();
    }
  };
  int refused = 0;
  for (const std::string address :
       {"postgresql://anna:Zq7XvKw@host:1/ocr/s", "postgresql+psycopg2://anna:Zq7XvKw@host/ocr/s",
        "postgresql://host/ocr/s?passwd=Zq7XvKw", "postgresql://host/ocr/s?password=Zq7XvKw"}) {
    for (std::size_t at = 0; at < address.size(); ++at) {
      for (const char c : std::string_view(":/@?&=# %")) {
        const std::string mistyped = std::string(address).insert(at, 1, c);
        std::vector<std::string> lines{
            line_of([&] { (void)postgresql_place(mistyped); }),
            line_of([&] { (void)postgresql_place_or_database(mistyped); })};
        if (!is_postgresql_address(mistyped)) {
          lines.push_back(line_of([&] { require_study_file(mistyped); }));
          lines.push_back(line_of([&] { refuse_non_files(mistyped); }));
          lines.push_back(line_of([&] { (void)open_task_queue(mistyped, 1); }));
        }
        for (const std::string& line : lines) {
          refused += line.empty() ? 0 : 1;
          EXPECT_EQ(line.find("Zq7XvKw"), std::string::npos) << line;
        }
      }
    }
  }
  EXPECT_GT(refused, 1000);
}

}  // namespace
}  // namespace ocrtune
