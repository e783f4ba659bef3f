#include "ocrtune/storage/task_queue.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <mutex>
#include <set>
#include <thread>

#include "ocrtune/storage/page_result_json.h"
#include "ocrtune/storage/storage.h"
#include "support/errors.h"
#include "support/postgresql_server.h"
#include "support/repetitions.h"
#include "support/studies.h"
#include "support/temp_folder.h"

namespace ocrtune {
namespace {

constexpr std::size_t kPages = 4;
const Driver kDriver{.name = "a:1", .program = "p", .references = "none"};

Point point_at(double value) { return Point{{{"clip", value}}}; }

PageResult result_of(double confidence) {
  PageResult result;
  result.scores.set(Score::confidence, confidence);
  return result;
}

std::vector<PageTask> tasks_of(std::size_t trial, bool first = false) {
  std::vector<PageTask> tasks;
  for (std::size_t place = 0; place < kPages; ++place) {
    tasks.push_back({.trial = trial,
                     .place = place,
                     .page = kPages - 1 - place,
                     .point = point_at(static_cast<double>(trial)),
                     .first = first && place < 2});
  }
  return tasks;
}

/// The numbers of trials and places, as "2.0 2.1".
std::string names(const std::vector<PageTask>& tasks) {
  std::string text;
  for (const PageTask& task : tasks)
    text +=
        (text.empty() ? "" : " ") + std::to_string(task.trial) + "." + std::to_string(task.place);
  return text;
}

/// What a queue promises, in a file and on a server.
class TaskQueues : public ::testing::TestWithParam<bool> {
 protected:
  TaskQueues() {
    static int count = 0;
    study_ = GetParam() ? test::PostgresqlServer::shared().study("tasks-" + std::to_string(++count))
                        : (folder_.path() / "study.db").string();
    create_study(study_, test::study_definition(kPages));
  }

  [[nodiscard]] std::unique_ptr<TaskQueue> open(double lease = kLease) const {
    return open_task_queue(study_, kPages, {}, lease);
  }

 private:
  test::TempFolder folder_;
  std::string study_;
};

INSTANTIATE_TEST_SUITE_P(Databases, TaskQueues, ::testing::Values(false, true),
                         [](const auto& with) { return with.param ? "Postgresql" : "Sqlite"; });

TEST_P(TaskQueues, TasksAreClaimedOnceInOrderFirstPagesFirst) {
  const auto queue = open();
  queue->add(tasks_of(1));
  queue->add(tasks_of(2, true));
  EXPECT_EQ(names(queue->claim("w", 3)), "2.0 2.1 1.0");
  const std::vector<PageTask> next = open()->claim("v", 2);
  EXPECT_EQ(names(next), "1.1 1.2");
  EXPECT_EQ(next[0].page, 2U);
  EXPECT_EQ(next[0].point, point_at(1));
  EXPECT_GE(next[0].waited_ms, 0);
  EXPECT_EQ(names(queue->claim("w", 9)), "1.3 2.2 2.3");
  EXPECT_TRUE(queue->claim("w", 9).empty());
}

TEST_P(TaskQueues, ResultsAreTakenOnceAndComplete) {
  const auto driver = open();
  driver->add(tasks_of(7));
  const auto worker = open();
  const PageTask task = worker->claim("w", 1).at(0);
  const PageResult result = result_of(1.0 / 3);
  worker->finish("w", task, result);
  worker->finish("w", task, result_of(5));
  const auto found = driver->take_results();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].task.trial, 7U);
  EXPECT_EQ(found[0].task.place, 0U);
  EXPECT_EQ(found[0].task.page, 3U);
  EXPECT_EQ(found[0].task.point, point_at(7));
  EXPECT_EQ(page_result_text(found[0].result), page_result_text(result));
  EXPECT_GT(found[0].started_us, 1'600'000'000'000'000);
  EXPECT_GE(found[0].finished_us, found[0].started_us);
  EXPECT_TRUE(driver->take_results().empty());
}

TEST_P(TaskQueues, WhatADeadWorkerHasClaimedGoesToOthersUntilItIsGivenUp) {
  const auto queue = open(0.5);
  queue->add(std::vector{tasks_of(1)[0]});
  for (int death = 0; death < kMaxClaims; ++death) {
    EXPECT_EQ(names(queue->claim("w" + std::to_string(death), 1)), "1.0");
    queue->give_up();
    EXPECT_TRUE(queue->take_results().empty());
    std::this_thread::sleep_for(std::chrono::milliseconds(600));
  }
  EXPECT_TRUE(queue->claim("w", 1).empty());
  queue->give_up();
  const auto found = queue->take_results();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_TRUE(test::contains(found[0].result.failure, "3 workers ended"));
}

TEST_P(TaskQueues, ALivingWorkerKeepsWhatItHasClaimed) {
  const auto queue = open(1);
  queue->add(tasks_of(1));
  const PageTask task = queue->claim("w", 1).at(0);
  for (int i = 0; i < 5; ++i) {
    queue->renew("w", 3, std::vector{task});
    EXPECT_EQ(queue->threads(), 3U);
    std::this_thread::sleep_for(std::chrono::milliseconds(250));
  }
  EXPECT_EQ(names(queue->claim("v", 9)), "1.1 1.2 1.3");
  queue->finish("w", task, result_of(1));
  EXPECT_EQ(queue->take_results().size(), 1U);
}

TEST_P(TaskQueues, AClaimThatTheWorkerDoesNotKnowOfEnds) {
  const auto queue = open(0.5);
  queue->add(tasks_of(1));
  const std::vector<PageTask> claimed = queue->claim("w", 2);
  for (int i = 0; i < 3; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(250));
    queue->renew("w", 1, std::vector{claimed.at(0)});
  }
  EXPECT_EQ(names(queue->claim("v", 9)), "1.2 1.3");
  EXPECT_EQ(names(queue->claim("v", 9)), "1.1");
}

TEST_P(TaskQueues, WhatIsGivenBackIsAsIfNeverClaimed) {
  const auto queue = open(0.01);
  queue->add(std::vector{tasks_of(1)[0]});
  for (int i = 0; i < 2 * kMaxClaims; ++i) {
    EXPECT_EQ(names(queue->claim("w", 1)), "1.0");
    queue->give_back("w");
  }
  EXPECT_EQ(queue->threads(), 0U);
}

TEST_P(TaskQueues, OneProcessDrives) {
  const auto first = open(1);
  const auto second = open(1);
  const Driver other{.name = "b:2", .program = "p", .references = "all"};
  EXPECT_FALSE(first->driver());
  EXPECT_TRUE(first->drive(kDriver));
  EXPECT_FALSE(second->drive(other));
  EXPECT_TRUE(first->drive(kDriver));
  ASSERT_TRUE(second->driver());
  EXPECT_EQ(second->driver()->name, "a:1");
  first->leave("a:1");
  EXPECT_FALSE(second->driver());
  EXPECT_TRUE(second->drive(other));
  second->leave("a:1");
  EXPECT_EQ(first->driver()->references, "all");
  std::this_thread::sleep_for(std::chrono::milliseconds(1200));
  EXPECT_TRUE(first->drive(kDriver));
}

/// As two containers have them: one host, one number of the process.
TEST_P(TaskQueues, WorkersOfOneHostAndProcessAreDifferent) {
  const std::string one = new_worker_name();
  const std::string other = new_worker_name();
  EXPECT_NE(one, other);
  EXPECT_EQ(one.size() - shown_worker(one).size(), 33U) << "128 bits";
  EXPECT_EQ(shown_worker(one), shown_worker(other));
  EXPECT_TRUE(shown_worker(one).ends_with(":" + std::to_string(::getpid())));

  const auto queue = open();
  EXPECT_TRUE(queue->drive({.name = one, .program = "p", .references = "none"}));
  EXPECT_FALSE(queue->drive({.name = other, .program = "p", .references = "none"}));
  queue->add(tasks_of(1));
  EXPECT_EQ(names(queue->claim(one, 2)), "1.0 1.1");
  queue->give_back(other);
  EXPECT_EQ(names(queue->claim(other, 9)), "1.2 1.3");
}

TEST_P(TaskQueues, ADriverTellsWhenItDroveLast) {
  const auto queue = open();
  EXPECT_TRUE(queue->drive(kDriver));
  const double before = queue->driver()->seen;
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  EXPECT_EQ(queue->driver()->seen, before);
  EXPECT_TRUE(queue->drive(kDriver));
  EXPECT_GT(queue->driver()->seen, before);
}

TEST_P(TaskQueues, TheNextDriverTakesResultsOfTrialsThatAreNotStored) {
  const auto first = open();
  EXPECT_TRUE(first->drive(kDriver));
  first->resume([](std::size_t) { return false; });
  first->add(tasks_of(1));
  first->add(tasks_of(2));
  for (const PageTask& task : first->claim("w", 8)) first->finish("w", task, result_of(9));
  EXPECT_EQ(first->take_results().size(), 8U);
  first->leave(kDriver.name);

  const auto second = open();
  EXPECT_TRUE(second->drive({.name = "b:2", .program = "p", .references = "none"}));
  second->resume([](std::size_t trial) { return trial == 1; });
  second->add(tasks_of(2));
  EXPECT_TRUE(second->claim("w", 8).empty());
  EXPECT_EQ(second->take_results().size(), kPages);
  second->remove(2);
  second->add(tasks_of(2));
  EXPECT_EQ(second->claim("w", 8).size(), kPages);

  EXPECT_FALSE(second->drive({.name = "c:3", .program = "q", .references = "none"}));
  second->leave("b:2");
  EXPECT_TRUE(second->drive({.name = "c:3", .program = "q", .references = "none"}));
  second->resume([](std::size_t) { return false; });
  second->add(tasks_of(2));
  EXPECT_EQ(second->claim("w", 8).size(), kPages) << "results of another program are not taken";
}

TEST_P(TaskQueues, ATaskOfAnotherPointIsEvaluatedAgain) {
  const auto queue = open();
  queue->add(tasks_of(1));
  for (const PageTask& task : queue->claim("w", kPages)) queue->finish("w", task, result_of(9));
  std::vector<PageTask> changed = tasks_of(1);
  changed[2].point = point_at(0.5);
  queue->add(changed);
  EXPECT_EQ(names(queue->claim("w", kPages)), "1.2");
}

TEST_P(TaskQueues, NoTaskIsClaimedTwiceByManyAtOnce) {
  // 1000 claims for each of the 8, in full.
  const auto trials = static_cast<std::size_t>(test::repetitions(2000, 50));
  const auto driver = open();
  for (std::size_t trial = 0; trial < trials; ++trial) driver->add(tasks_of(trial));
  std::mutex mutex;
  std::multiset<std::string> claimed;
  std::vector<std::thread> workers;
  for (int i = 0; i < 8; ++i) {
    workers.emplace_back([&, name = "w" + std::to_string(i)] {
      const auto queue = open();
      // Others may have locked all that a claim looks at: nothing is not the end.
      for (int empty = 0; empty < 20;) {
        const auto tasks = queue->claim(name, 1);
        empty = tasks.empty() ? empty + 1 : 0;
        const std::scoped_lock lock(mutex);
        for (const PageTask& task : tasks) claimed.insert(names({task}));
      }
    });
  }
  for (std::thread& worker : workers) worker.join();
  EXPECT_EQ(claimed.size(), trials * kPages);
  EXPECT_EQ(std::set<std::string>(claimed.begin(), claimed.end()).size(), trials * kPages);
}

}  // namespace
}  // namespace ocrtune
