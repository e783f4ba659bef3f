#include "ocrtune/search/shared_evaluator.h"

#include <fmt/format.h>

#include <utility>

#include "execution/small_corpus.h"
#include "ocrtune/search/task_evaluator.h"
#include "ocrtune/search/task_worker.h"
#include "ocrtune/storage/page_result_json.h"
#include "ocrtune/storage/storage.h"
#include "support/errors.h"
#include "support/studies.h"

namespace ocrtune {
namespace {

using test::kGoOn;

/// A queue whose server crashes when the search is over: the removal of the last trial is lost, and
/// it has connected again.
class CrashingQueue final : public TaskQueue {
 public:
  CrashingQueue(std::unique_ptr<TaskQueue> queue, std::size_t last)
      : queue_(std::move(queue)), last_(last) {}

  [[nodiscard]] std::size_t reconnections() const override { return crashes_; }
  void stop_reconnecting() override {}
  void make_durable() override { crashes_ = 1; }
  void remove(std::size_t trial) override {
    if (trial != last_ || crashes_ > 0) queue_->remove(trial);
  }

  bool drive(const Driver& driver) override { return queue_->drive(driver); }
  void leave(const std::string& name) override { queue_->leave(name); }
  std::optional<Driver> driver() override { return queue_->driver(); }
  void resume(const std::function<bool(std::size_t)>& is_finished) override {
    queue_->resume(is_finished);
  }
  void add(std::span<const PageTask> tasks) override { queue_->add(tasks); }
  std::vector<PageTaskResult> take_results() override { return queue_->take_results(); }
  void give_up() override { queue_->give_up(); }
  std::size_t threads() override { return queue_->threads(); }
  std::vector<PageTask> claim(const std::string& name, std::size_t most) override {
    return queue_->claim(name, most);
  }
  void renew(const std::string& name, std::size_t threads,
             std::span<const PageTask> held) override {
    queue_->renew(name, threads, held);
  }
  void finish(const std::string& name, const PageTask& task, const PageResult& result) override {
    queue_->finish(name, task, result);
  }
  void give_back(const std::string& name) override { queue_->give_back(name); }

 private:
  std::unique_ptr<TaskQueue> queue_;
  std::size_t last_;
  std::size_t crashes_ = 0;
};

/// A study of the small corpus in a file, for its tasks.
class SharedEvaluators : public ::testing::Test {
 protected:
  SharedEvaluators() { create_study(study_, test::study_definition(4)); }

  [[nodiscard]] std::unique_ptr<TaskQueue> queue() const { return open_task_queue(study_, 4); }

  [[nodiscard]] std::unique_ptr<TaskWorker> worker(const std::string& name, int threads) const {
    const auto pages = std::make_shared<TaskEvaluator>(pages_.corpus(), RecognitionOptions{},
                                                       plan_memory(4'000'000'000, threads),
                                                       test::cheap_pipeline());
    return std::make_unique<TaskWorker>(queue(), name, pages->threads(), evaluating(pages));
  }

  /// Trials 1 to 9 as text; every third may not be pruned, of the others some are.
  std::vector<std::string> delivered(TrialEvaluator& evaluator) const {
    const Pipeline pipeline = test::cheap_pipeline();
    std::size_t number = 0;
    std::vector<std::string> texts;
    const auto add = [&](std::size_t trial, const std::vector<PageResult>& pages) {
      std::string text = std::to_string(trial);
      for (const PageResult& page : pages) {
        PageResult kept{.scores = page.scores, .timings = {}, .failure = page.failure};
        kept.scores.set(Score::time, std::nullopt);
        text += page_result_text(kept);
      }
      texts.push_back(text);
    };
    evaluator.run({.next = [&]() -> NextTrial {
                     if (number == 9) return NoMore{};
                     const double unit = static_cast<double>(++number) / 10;
                     const Point point = pipeline.space().at(std::vector<double>{unit, 1 - unit});
                     return TrialRequest{.number = number,
                                         .point = point,
                                         .pipeline = pipeline.at(point),
                                         .pages = {2, 0, 3, 1},
                                         .prunable = number % 3 != 0};
                   },
                   .done = [&](const Trial& trial) { add(trial.number, trial.pages); },
                   .tick = [](std::size_t) {},
                   .prunes =
                       [&](std::size_t trial, std::span<const PageResult> first) {
                         return first.size() == 1 + (trial + texts.size()) % 5;
                       },
                   .pruned = [&](const PrunedTrial& trial) { add(trial.number, trial.results); }},
                  kGoOn);
    return texts;
  }

  test::SmallCorpus pages_;
  std::string study_ = (pages_.folder().path() / "study.db").string();
};

TEST_F(SharedEvaluators, TrialsAreThoseOfOneProcessWhateverTheWorkers) {
  Evaluator alone(pages_.corpus(), {}, plan_memory(4'000'000'000, 1));
  const std::vector<std::string> expected = delivered(alone);
  ASSERT_EQ(expected.size(), 9U);
  for (const int count : {1, 3}) {
    std::vector<std::unique_ptr<TaskWorker>> workers;
    for (int i = 0; i < count; ++i) workers.push_back(worker("w" + std::to_string(i), 1 + i));
    const auto tasks = queue();
    SharedEvaluator shared(*tasks, pages_.corpus(), [&] {
      for (const auto& each : workers) each->check();
    });
    EXPECT_EQ(delivered(shared), expected);
    EXPECT_TRUE(tasks->claim("late", 100).empty());
  }
}

TEST_F(SharedEvaluators, NoTaskIsLeftIfTheServerCrashesAtTheEnd) {
  const auto one = worker("w", 1);
  CrashingQueue crashing(queue(), 9);
  SharedEvaluator shared(crashing, pages_.corpus(), [&] { one->check(); });
  EXPECT_EQ(delivered(shared).size(), 9U);
  const auto after = queue();
  after->resume([](std::size_t) { return false; });
  EXPECT_TRUE(after->take_results().empty());
  EXPECT_TRUE(after->claim("late", 100).empty());
}

TEST_F(SharedEvaluators, AWorkerThatEndsGivesItsPagesBack) {
  const auto tasks = queue();
  const Point point = test::cheap_pipeline().space().at(std::vector<double>{0.3, 0.4});
  std::vector<PageTask> many;
  for (std::size_t trial = 1; trial < 40; ++trial) {
    for (std::size_t page = 0; page < 4; ++page)
      many.push_back({.trial = trial, .place = page, .page = page, .point = point});
  }
  tasks->add(many);
  auto ended = worker("w", 2);
  while (ended->pages_done() == 0) std::this_thread::yield();
  ended->stop();
  const std::size_t done = tasks->take_results().size();
  EXPECT_GE(done, 1U);
  EXPECT_EQ(tasks->claim("v", 1000).size(), many.size() - done);
}

TEST_F(SharedEvaluators, ErrorsOfWorkersComeThrough) {
  std::filesystem::remove(pages_.folder().path() / "1.png");
  const Corpus corpus = pages_.corpus();
  const auto failing = worker("w", 1);
  const auto tasks = queue();
  SharedEvaluator shared(*tasks, corpus, [&] { failing->check(); });
  const std::string message =
      test::error_of(Errc::input_unreadable, [&] { (void)delivered(shared); });
  EXPECT_TRUE(test::contains(message, "1")) << message;
}

}  // namespace
}  // namespace ocrtune
