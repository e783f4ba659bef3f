#include "ocrtune/storage/postgresql_studies.h"

#include <gtest/gtest.h>

#include "ocrtune/storage/postgresql_database.h"
#include "ocrtune/storage/storage.h"
#include "ocrtune/storage/study_tail.h"
#include "ocrtune/storage/task_queue.h"
#include "support/postgresql_server.h"
#include "support/studies.h"

namespace ocrtune {
namespace {

PostgresqlPlace database_place() {
  PostgresqlPlace place = postgresql_place(test::PostgresqlServer::shared().study("x"));
  place.study.clear();
  return place;
}

TEST(PostgresqlStudies, TellWhatChangesWithoutOpeningAStudy) {
  const auto& server = test::PostgresqlServer::shared();
  PostgresqlStudies studies(database_place());
  EXPECT_TRUE(studies.look(9).empty());
  const StudyDefinition definition = test::study_by_confidence(2);
  const auto storage = create_study(server.study("a"), definition);
  (void)create_study(server.study("b-2"), definition);
  const auto other = open_postgresql(postgresql_place(server.study("x")));
  // Neither a schema that no study can have, nor what would run another user's functions.
  other->execute(
      "CREATE SCHEMA \"o d\"; CREATE TABLE \"o d\".ocrtune_study (format int);"
      "CREATE SCHEMA views; CREATE VIEW views.ocrtune_study AS SELECT 1 AS format;"
      "CREATE SCHEMA functions; CREATE TABLE functions.ocrtune_study (format int);"
      "CREATE FUNCTION functions.f() RETURNS int LANGUAGE sql AS 'SELECT 1';"
      "CREATE SCHEMA operators; CREATE TABLE operators.ocrtune_study (format int);"
      "CREATE OPERATOR operators.=== (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq)");

  const auto before = studies.look(9);
  ASSERT_EQ(before.size(), 2U);
  EXPECT_EQ(before[0].name, "a");
  EXPECT_EQ(before[1].name, "b-2");
  EXPECT_EQ(before[0].problem, "");
  EXPECT_FALSE(before[0].driven);
  EXPECT_EQ(studies.look(9)[0].version, before[0].version);
  EXPECT_EQ(studies.look(1).size(), 1U);

  Random random(1);
  const Trial trial = test::random_trial(definition, 0, random);
  storage->append(trial);
  const auto after = studies.look(9);
  EXPECT_NE(after[0].version, before[0].version);
  EXPECT_EQ(after[0].finished_us, trial.finished_us);
  EXPECT_EQ(after[1].version, before[1].version);
  storage->validate(0, {});
  storage->confirm(0, {trial.pages[0].scores, trial.pages[1].scores});
  EXPECT_NE(studies.look(9)[0].version, after[0].version);

  const std::string without_verdict = studies.look(9)[0].version;
  storage->keep_verdict("{}");
  EXPECT_NE(studies.look(9)[0].version, without_verdict);
  // As in studies of ocrtune 0.1.0.
  other->execute("DROP TABLE a.ocrtune_verdict");
  EXPECT_EQ(studies.look(9)[0].version, without_verdict);

  const auto queue = open_task_queue(server.study("a"), 2);
  ASSERT_TRUE(queue->drive({.name = "me", .program = "p", .references = "none"}));
  EXPECT_TRUE(studies.look(9)[0].driven);
  queue->leave("me");
  EXPECT_FALSE(studies.look(9)[0].driven);

  PostgresqlStudies one(postgresql_place(server.study("b-2")));
  ASSERT_EQ(one.look(9).size(), 1U);
  EXPECT_EQ(one.look(9)[0].name, "b-2");
  other->execute("DROP SCHEMA \"b-2\" CASCADE");
  EXPECT_TRUE(one.look(9).empty());
  (void)create_study(server.study("b-2"), definition);
  EXPECT_NE(one.look(9)[0].definition, before[1].definition);
  const std::string definition_before = studies.look(9)[0].definition;
  storage->continue_with("another program", 1);
  EXPECT_NE(studies.look(9)[0].definition, definition_before);

  // The tail of a study that is kept open reads each trial once.
  const auto reader = view_study(server.study("a"));
  StudyTail tail("");
  ASSERT_EQ(tail.next(*reader, 9).size(), 1U);
  EXPECT_TRUE(tail.next(*reader, 9).empty());
  for (std::size_t number = 1; number < 5; ++number)
    storage->append(test::random_trial(definition, number, random));
  EXPECT_EQ(tail.next(*reader, 3).size(), 3U);
  const auto last = tail.next(*reader, 3);
  ASSERT_EQ(last.size(), 1U);
  EXPECT_EQ(last[0].number, 4U);
  EXPECT_EQ(last[0].value, storage->trial(4)->mean(definition.objective));
}

}  // namespace
}  // namespace ocrtune
