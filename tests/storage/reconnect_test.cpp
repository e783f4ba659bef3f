#include "ocrtune/storage/reconnect.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <iterator>

#include "ocrtune/storage/postgresql_database.h"
#include "ocrtune/storage/read_study.h"
#include "ocrtune/storage/storage.h"
#include "ocrtune/storage/task_queue.h"
#include "support/errors.h"
#include "support/postgresql_server.h"
#include "support/studies.h"

namespace ocrtune {
namespace {

constexpr int kStudyPages = 3;

TEST(Reconnection, NothingIsAttemptedWithoutPatience) {
  EXPECT_FALSE(connect_again([]() -> bool { throw std::logic_error("called"); }, {}));
}

TEST(Reconnection, ConnectsUntilItSucceedsThenTellsOnce) {
  int attempts = 0;
  int restored = 0;
  std::vector<std::string> said;
  EXPECT_TRUE(connect_again([&] { return ++attempts == 3; },
                            {.patience = 60,
                             .say = [&](const std::string& line) { said.push_back(line); },
                             .restored = [&] { ++restored; }}));
  EXPECT_EQ(attempts, 3);
  EXPECT_EQ(restored, 1);
  EXPECT_EQ(said.size(), 1U);
}

TEST(Reconnection, EndsWhenItIsStoppedOrTheTimeIsOver) {
  int attempts = 0;
  EXPECT_FALSE(connect_again([&] { return ++attempts > 9; },
                             {.patience = 3600, .stopped = [&] { return attempts == 2; }}));
  EXPECT_FALSE(connect_again([] { return false; }, {.patience = 0.1}));
}

/// A study on a server whose sessions can be ended.
class Reconnections : public ::testing::Test {
 protected:
  Reconnections() {
    static int count = 0;
    study_ = test::PostgresqlServer::shared().study("reconnections-" + std::to_string(++count));
    definition_ = test::study_definition(kStudyPages);
    create_study(study_, definition_);
  }

  void end_sessions() const {
    open_postgresql(postgresql_place(study_))
        ->execute(
            "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE pid <> "
            "pg_backend_pid() AND application_name = 'ocrtune'");
  }

  [[nodiscard]] Trial trial(std::size_t number) {
    return test::random_trial(definition_, number, random_);
  }

  std::string study_;
  StudyDefinition definition_;
  Random random_{1};
  Reconnection patient_{.patience = 60};
};

TEST_F(Reconnections, AStorageWithoutPatienceTellsThatTheConnectionWasLost) {
  const auto study = open_study(study_);
  end_sessions();
  const std::string line =
      test::error_of(Errc::study_error, [&] { (void)study->append(trial(0)); });
  EXPECT_TRUE(test::contains(line, "was lost")) << line;
}

TEST_F(Reconnections, AStorageWritesAndReadsOn) {
  const auto study = open_study(study_, patient_);
  std::vector<Trial> trials;
  for (std::size_t number = 0; number < 4; ++number) {
    trials.push_back(trial(number));
    end_sessions();
    study->append(trials.back());
    end_sessions();
    EXPECT_TRUE(std::ranges::equal(study->trials(), trials, test::same_trial));
  }
}

TEST_F(Reconnections, TrialsOfWhichAConnectionHasBroughtAPartAreReadAgain) {
  std::vector<Trial> trials;
  {
    const auto study = open_study(study_);
    for (std::size_t number = 0; number < 5; ++number) {
      trials.push_back(trial(number));
      study->append(trials.back());
    }
  }
  const auto database = open_postgresql(postgresql_place(study_));
  TrialReader reader(*database, kStudyPages, TrialSteps::read);
  std::vector<Trial> read = reader.next(2);
  end_sessions();
  EXPECT_THROW((void)reader.next(2), ConnectionLost);
  ASSERT_TRUE(database->reconnect());
  for (const std::size_t count : {2U, 1U, 0U}) {
    std::vector<Trial> more = reader.next(2);
    EXPECT_EQ(more.size(), count);
    std::ranges::move(more, std::back_inserter(read));
  }
  EXPECT_TRUE(std::ranges::equal(read, trials, test::same_trial));
}

TEST_F(Reconnections, AQueryThatIsCutShortHasNotEnded) {
  const auto database = open_postgresql(postgresql_place(study_));
  std::int64_t last = 0;
  const auto read = [&] {
    const auto query = database->prepare("SELECT n FROM generate_series(1, 3000000) AS t (n)");
    query->stream();
    while (query->next()) {
      last = query->integer(0);
      if (last == 1000) end_sessions();
    }
  };
  EXPECT_THROW(read(), ConnectionLost);
  EXPECT_GE(last, 1000);
  EXPECT_LT(last, 3'000'000);
  ASSERT_TRUE(database->reconnect());
  const auto query = database->prepare("SELECT 7");
  ASSERT_TRUE(query->next());
  EXPECT_EQ(query->integer(0), 7);
}

TEST_F(Reconnections, AQueryMayBeLeftBeforeItsEnd) {
  const auto database = open_postgresql(postgresql_place(study_));
  for (const bool streams : {true, false}) {
    const auto query = database->prepare("SELECT n FROM generate_series(1, ?) AS t (n)");
    query->bind(1, streams ? 1'000'000 : 10'000);
    if (streams) query->stream();
    ASSERT_TRUE(query->next());
    EXPECT_EQ(query->integer(0), 1);
  }
  const auto query = database->prepare("SELECT n FROM generate_series(1, 3) AS t (n)");
  query->stream();
  for (int turn = 0; turn < 2; ++turn) {
    std::int64_t sum = 0;
    while (query->next()) sum += query->integer(0);
    EXPECT_EQ(sum, 6);
  }
}

TEST_F(Reconnections, ARestoredStorageAsksBeforeItWrites) {
  const auto study = open_study(study_, patient_);
  Reconnection asks = patient_;
  asks.restored = [] { throw Error(Errc::study_error, "another one drives"); };
  study->set_reconnection(asks);
  end_sessions();
  const std::string line =
      test::error_of(Errc::study_error, [&] { (void)study->append(trial(0)); });
  EXPECT_TRUE(test::contains(line, "another one drives")) << line;
  EXPECT_EQ(view_study(study_)->counts().finished, 0U);
}

TEST_F(Reconnections, ATrialOfAnotherProcessIsStillRefused) {
  const auto study = open_study(study_, patient_);
  open_study(study_)->append(trial(0));
  end_sessions();
  EXPECT_TRUE(
      test::contains(test::error_of(Errc::study_error, [&] { (void)study->append(trial(0)); }),
                     "another process"));
}

TEST_F(Reconnections, AServerThatRefusesIsNotAskedAgain) {
  const auto refused = [&](const std::string& part, const std::string& instead) {
    std::string address = study_;
    address.replace(address.find(part), part.size(), instead);
    const Reconnection never{.patience = 3600,
                             .say = [](const std::string& line) { ADD_FAILURE() << line; }};
    return test::error_of(Errc::study_error, [&] { (void)study_exists(address, never); });
  };
  EXPECT_TRUE(
      test::contains(refused("postgres@", "nobody@"), "PostgreSQL refuses the connection: "));
  EXPECT_TRUE(test::contains(refused("/postgres/", "/nowhere/"), "does not exist"));
}

TEST_F(Reconnections, OneThatRefusesLaterEndsTheWork) {
  const auto admin = open_postgresql(postgresql_place(study_));
  const std::string role = "r" + std::to_string(::getpid());
  admin->execute("CREATE ROLE " + role + " SUPERUSER LOGIN");
  std::string address = study_;
  address.replace(address.find("postgres@"), 9, role + "@");
  const auto study = open_study(address, {.patience = 3600});
  study->append(trial(0));
  admin->execute("ALTER ROLE " + role + " NOLOGIN");
  end_sessions();
  const std::string line =
      test::error_of(Errc::study_error, [&] { (void)study->append(trial(1)); });
  EXPECT_TRUE(test::contains(line, "PostgreSQL refuses the connection: ")) << line;
}

TEST_F(Reconnections, AQueueGoesOnAndCountsThem) {
  const auto queue = open_task_queue(study_, kStudyPages, patient_);
  const std::vector<PageTask> tasks{{.trial = 1, .place = 0, .page = 0, .point = {}},
                                    {.trial = 1, .place = 1, .page = 1, .point = {}}};
  queue->add(tasks);
  EXPECT_EQ(queue->reconnections(), 0U);
  end_sessions();
  const auto claimed = queue->claim("w", 9);
  ASSERT_EQ(claimed.size(), 2U);
  end_sessions();
  for (const PageTask& task : claimed) queue->finish("w", task, {});
  EXPECT_EQ(queue->take_results().size(), 2U);
  EXPECT_EQ(queue->reconnections(), 2U);
  queue->resume([](std::size_t) { return false; });
  EXPECT_EQ(queue->take_results().size(), 2U) << "what was taken can be taken again";
  queue->stop_reconnecting();
  end_sessions();
  (void)test::error_of(Errc::study_error, [&] { (void)queue->threads(); });
}

}  // namespace
}  // namespace ocrtune
