#include "ocrtune/search/evaluator.h"

#include <fmt/format.h>

#include <thread>
#include <utility>

#include "execution/fake_device.h"
#include "execution/small_corpus.h"
#include "ocrtune/base/worker_threads.h"
#include "support/errors.h"
#include "support/must_end.h"
#include "support/sanitized.h"

namespace ocrtune {
namespace {

using namespace std::chrono_literals;
using test::kGoOn;
using test::SmallCorpus;

/// Memory for all the pages and what is made of them.
MemoryPlan plan(int workers) { return plan_memory(4'000'000'000, workers); }

/// Trials at `count` points of the cheap pipeline, in the order of their numbers.
class Requests {
 public:
  explicit Requests(std::size_t count, Pipeline pipeline = test::cheap_pipeline())
      : pipeline_(std::move(pipeline)), count_(count) {}

  NextTrial next() {
    if (given_ == count_) return NoMore{};
    const double unit = static_cast<double>(given_) / static_cast<double>(count_);
    const Point point = pipeline_.space().at(std::vector<double>{unit, 1 - unit - 1e-9});
    return TrialRequest{.number = given_++, .point = point, .pipeline = pipeline_.at(point)};
  }

 private:
  Pipeline pipeline_;
  std::size_t count_;
  std::size_t given_ = 0;
};

std::vector<Trial> evaluate(Evaluator& evaluator, std::size_t count) {
  Requests requests(count);
  std::vector<Trial> trials;
  std::size_t ticked = 0;
  evaluator.run({.next = [&] { return requests.next(); },
                 .done = [&](Trial trial) { trials.push_back(std::move(trial)); },
                 .tick =
                     [&](std::size_t tasks) {
                       EXPECT_GE(tasks, ticked);
                       ticked = tasks;
                     }},
                kGoOn);
  return trials;
}

bool same_scores(const PageResult& a, const PageResult& b) {
  return a.scores.value(Score::confidence) == b.scores.value(Score::confidence) &&
         a.scores.value(Score::words) == b.scores.value(Score::words) &&
         a.scores.value(Score::sharpness) == b.scores.value(Score::sharpness) &&
         a.scores.value(Score::contrast) == b.scores.value(Score::contrast) &&
         a.scores.value(Score::cnr) == b.scores.value(Score::cnr) &&
         a.scores.find(Score::cer) == b.scores.find(Score::cer) &&
         a.scores.find(Score::wer) == b.scores.find(Score::wer) && a.failure == b.failure;
}

bool same_results(const std::vector<Trial>& a, const std::vector<Trial>& b) {
  return std::ranges::equal(a, b, [](const Trial& x, const Trial& y) {
    return x.number == y.number && x.point == y.point &&
           std::ranges::equal(x.pages, y.pages, same_scores);
  });
}

TEST(Evaluator, AnyNumberOfWorkersGivesTheSameTrials) {
  const SmallCorpus pages;
  Evaluator one(pages.corpus(), {}, plan(1));
  const std::vector<Trial> expected = evaluate(one, 6);
  ASSERT_EQ(expected.size(), 6U);
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(expected[i].number, i);
    ASSERT_EQ(expected[i].pages.size(), 4U);
    EXPECT_LE(expected[i].started_us, expected[i].finished_us);
    EXPECT_TRUE(expected[i].pages[2].scores.find(Score::cer));
    EXPECT_FALSE(expected[i].pages[3].scores.find(Score::cer));
    EXPECT_GT(expected[i].pages[1].scores.value(Score::confidence), 0);
    EXPECT_EQ(expected[i].pages[1].scores.value(Score::words), 3);
    EXPECT_EQ(expected[i].pages[1].scores.find(Score::cer), 0);
    for (const PageResult& page : expected[i].pages) {
      EXPECT_GE(page.timings.total_ms + 1, page.timings.ocr_ms + page.timings.preprocess_ms);
    }
  }
  for (const int workers : {2, 5}) {
    Evaluator evaluator(pages.corpus(), {}, plan(workers));
    EXPECT_TRUE(same_results(evaluate(evaluator, 6), expected)) << workers;
  }
  // And again with the recognizers that are open.
  EXPECT_TRUE(same_results(evaluate(one, 6), expected));
}

TEST(Evaluator, WorkersWithoutAPageTakePartInTheStagesOfOthers) {
  // Weak enough to be filtered.
  const cv::Mat noise = test::noise(90, 700, 1) * 0.1 + 120;
  const auto page = std::make_shared<const Image>(Image{noise, {}});
  std::vector<Problem> problems;
  const Corpus corpus = Corpus::load({{.path = {}, .name = "page", .image = page}}, {}, problems);
  const Pipeline pipeline = parse_pipeline("[[stage]]\nuse=\"denoise_nlm\"\nh=\"free\"\n", "t");
  const auto evaluated = [&](int workers) {
    Evaluator evaluator(corpus, {}, plan(workers));
    std::vector<Trial> trials;
    std::size_t given = 0;
    const auto next = [&]() -> NextTrial {
      if (given == 6) return NoMore{};
      if (given > trials.size()) return NotYet{};
      const Point point = pipeline.space().at(std::vector<double>{static_cast<double>(given) / 6});
      return TrialRequest{.number = given++, .point = point, .pipeline = pipeline.at(point)};
    };
    evaluator.run({.next = next,
                   .done = [&](Trial trial) { trials.push_back(std::move(trial)); },
                   .tick = [](std::size_t) {}},
                  kGoOn);
    return trials;
  };
  const std::vector<Trial> expected = evaluated(1);
  ASSERT_EQ(expected.size(), 6U);
  EXPECT_NE(expected[0].pages[0].scores.value(Score::sharpness),
            expected[5].pages[0].scores.value(Score::sharpness));
  for (const int workers : {2, 5}) {
    const std::vector<Trial> trials = evaluated(workers);
    EXPECT_TRUE(same_results(trials, expected)) << workers;
    for (const Trial& trial : trials) {
      const PageTimings& timings = trial.pages[0].timings;
      EXPECT_GE(timings.total_ms + 1, timings.ocr_ms + timings.preprocess_ms);
    }
  }
}

TEST(Evaluator, ADeviceGivesTheSameTrials) {
  const SmallCorpus pages;
  Evaluator without(pages.corpus(), {}, plan(2));
  const std::vector<Trial> expected = evaluate(without, 6);
  for (const int workers : {1, 2, 5}) {
    for (const int fails_to : {0, 5, 1 << 30}) {
      test::Fate fate;
      fate.fails_from = 3;
      fate.fails_to = std::max(3, fails_to);
      const auto device = std::make_shared<DeviceUse>(std::make_unique<test::FakeDevice>(fate));
      Evaluator evaluator(pages.corpus(), {}, plan(workers), {device});
      EXPECT_TRUE(same_results(evaluate(evaluator, 6), expected)) << workers;
      EXPECT_EQ(device->failures() > 0, fails_to > 3);
      EXPECT_GT(fate.asked, 0);
    }
  }
}

TEST(Evaluator, SeveralDevicesGiveTheSameTrials) {
  const SmallCorpus pages;
  // The same page on both of them.
  const Corpus twice = pages.corpus().selected({0, 0, 1});
  Evaluator without(twice, {}, plan(2));
  const std::vector<Trial> expected = evaluate(without, 6);
  test::Fate first_fate;
  test::Fate second_fate;
  second_fate.fails_from = 12;
  const auto first = std::make_shared<DeviceUse>(std::make_unique<test::FakeDevice>(first_fate));
  const auto second = std::make_shared<DeviceUse>(std::make_unique<test::FakeDevice>(second_fate));
  Evaluator evaluator(twice, {}, plan(3), {first, second});
  EXPECT_TRUE(same_results(evaluate(evaluator, 6), expected));
  EXPECT_EQ(first->failures(), 0U);
  EXPECT_GT(second->failures(), 0U);
  EXPECT_GT(first->seconds_in_use(), 0);
  EXPECT_GT(second->seconds_in_use(), 0);
}

TEST(Evaluator, WithADeviceItStopsAtOnceToo) {
  const SmallCorpus pages;
  test::Fate fate;
  const auto device = std::make_shared<DeviceUse>(std::make_unique<test::FakeDevice>(fate));
  Evaluator evaluator(pages.corpus(), {}, plan(2), {device});
  Requests requests(100'000);
  std::atomic<bool> stop{false};
  std::size_t whole = 0;
  evaluator.run({.next = [&] { return requests.next(); },
                 .done =
                     [&](const Trial&) {
                       ++whole;
                       stop = true;
                     },
                 .tick = [](std::size_t) {}},
                stop);
  EXPECT_GE(whole, 1U);
  EXPECT_LT(whole, 100U);
}

TEST(Evaluator, WorkersThatHangAreLeftBehind) {
  if (test::is_sanitized()) GTEST_SKIP() << "sanitized, workers are waited for longer";
  const SmallCorpus pages;
  test::Fate fate;
  const auto device = std::make_shared<DeviceUse>(std::make_unique<test::FakeDevice>(fate));
  Evaluator evaluator(pages.corpus(), {}, plan(2), {device});
  const std::vector<Trial> expected = evaluate(evaluator, 2);
  fate.hangs = true;
  const int asked = fate.asked;
  Requests requests(100);
  std::atomic<bool> stop{false};
  const auto started = std::chrono::steady_clock::now();
  const std::jthread asks([&] {
    while (fate.asked == asked) std::this_thread::sleep_for(1ms);
    stop = true;
  });
  evaluator.run({.next = [&] { return requests.next(); },
                 .done = [](const Trial&) {},
                 .tick = [](std::size_t) {}},
                stop);
  EXPECT_LT(std::chrono::steady_clock::now() - started, 5s);
  EXPECT_GT(threads_left_behind(), 0U);
  fate.hangs = false;
  while (threads_left_behind() > 0) std::this_thread::sleep_for(1ms);
  // What they shared is renewed, and what was counted is kept.
  EXPECT_TRUE(same_results(evaluate(evaluator, 2), expected));
  EXPECT_GE(evaluator.cache_use().ocr_results, 16U);
}

TEST(Evaluator, PageOrderDoesntMatter) {
  const SmallCorpus pages;
  const Corpus turned = pages.corpus().selected({3, 1, 0, 2});
  Evaluator straight(pages.corpus(), {}, plan(2));
  Evaluator other(turned, {}, plan(2));
  const std::vector<Trial> a = evaluate(straight, 3);
  const std::vector<Trial> b = evaluate(other, 3);
  ASSERT_EQ(b.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_TRUE(same_scores(a[i].pages[3], b[i].pages[0]));
    EXPECT_TRUE(same_scores(a[i].pages[1], b[i].pages[1]));
    EXPECT_TRUE(same_scores(a[i].pages[0], b[i].pages[2]));
    EXPECT_TRUE(same_scores(a[i].pages[2], b[i].pages[3]));
  }
}

TEST(Evaluator, NothingIsDoneTwice) {
  const SmallCorpus pages;
  Evaluator evaluator(pages.corpus(), {}, plan(2));
  const std::vector<Trial> first = evaluate(evaluator, 6);
  const CacheUse before = evaluator.cache_use();
  EXPECT_EQ(before.stages, 24U);
  EXPECT_EQ(before.ocr_results, 24U);
  const std::vector<Trial> second = evaluate(evaluator, 6);
  EXPECT_TRUE(same_results(first, second));
  const CacheUse after = evaluator.cache_use();
  EXPECT_EQ(after.stages_spared - before.stages_spared, 24U);
  EXPECT_EQ(after.ocr_runs_spared - before.ocr_runs_spared, 24U);
  for (const Trial& trial : second) {
    for (const PageResult& page : trial.pages) {
      EXPECT_EQ(page.timings.ocr_ms, 0);
      for (const StepTiming& step : page.timings.steps) {
        EXPECT_EQ(step.cached, step.name != "wait") << step.name;
      }
    }
  }
}

TEST(Evaluator, TheSameImageWithOtherOcrSettingsIsAnotherOcrResult) {
  const SmallCorpus pages;
  Evaluator evaluator(pages.corpus(), {}, plan(2));
  Pipeline pipeline("p", "", {});
  pipeline.free("ocr.page_segmentation", {});
  const auto read_in = [&](double mode) {
    bool asked = false;
    Trial read;
    evaluator.run({.next = [&]() -> NextTrial {
                     if (std::exchange(asked, true)) return NoMore{};
                     const Point point{{{"page_segmentation", mode}}};
                     return TrialRequest{
                         .number = 1, .point = point, .pipeline = pipeline.at(point)};
                   },
                   .done = [&](Trial trial) { read = std::move(trial); },
                   .tick = [](std::size_t) {}},
                  kGoOn);
    return read;
  };
  const Trial given = read_in(0);
  const Trial sparse = read_in(4);
  EXPECT_EQ(evaluator.cache_use().ocr_runs_spared, 0U);
  EXPECT_EQ(given.pages[0].scores.value(Score::sharpness),
            sparse.pages[0].scores.value(Score::sharpness));
  EXPECT_TRUE(std::ranges::equal(read_in(4).pages, sparse.pages, same_scores));
  EXPECT_EQ(evaluator.cache_use().ocr_runs_spared, 4U);
}

TEST(Evaluator, TimesEachStep) {
  const SmallCorpus pages;
  Evaluator evaluator(pages.corpus(), {}, plan(2));
  const std::vector<Trial> trials = evaluate(evaluator, 1);
  const std::vector<StepTiming>& steps = trials[0].pages[0].timings.steps;
  std::vector<std::string> names;
  double spent = 0;
  for (const StepTiming& step : steps) {
    names.push_back(step.name);
    EXPECT_FALSE(step.cached) << step.name;
    EXPECT_GE(step.ms, 0) << step.name;
    if (step.name != "wait") spent += step.ms;
  }
  EXPECT_EQ(names, (std::vector<std::string>{"wait", "load", "clahe", "sharpness", "contrast",
                                             "cnr", "read", "errors"}));
  EXPECT_LE(spent, trials[0].pages[0].timings.total_ms + 1);
  EXPECT_EQ(trials[0].pages[3].timings.steps.back().name, "read");
}

TEST(Evaluator, LittleMemoryGivesTheSame) {
  const SmallCorpus pages;
  Evaluator roomy(pages.corpus(), {}, plan(2));
  Evaluator tight(pages.corpus(), {}, {.workers = 3, .pages = 0, .cache = 0, .tasks = 1});
  EXPECT_TRUE(same_results(evaluate(roomy, 4), evaluate(tight, 4)));
}

/// Numbers of the trials that were delivered, of pages that a stage makes twice as wide.
std::vector<std::size_t> delivered_enlarged(Evaluator& evaluator, bool prunes) {
  Requests requests(6, parse_pipeline("[[stage]]\nuse=\"rescale\"\nfactor=2\n[[stage]]\n"
                                      "use=\"clahe\"\nclip=\"free\"\ntile=\"free\"\n",
                                      "t"));
  std::vector<std::size_t> delivered;
  evaluator.run({.next = [&] { return requests.next(); },
                 .done = [&](const Trial& trial) { delivered.push_back(trial.number); },
                 .tick = [](std::size_t) {},
                 .prunes =
                     [&](std::size_t number, std::span<const PageResult> first) {
                       return prunes && number % 2 == 1 && first.size() == 1;
                     },
                 .pruned = [&](const PrunedTrial& trial) { delivered.push_back(trial.number); }},
                kGoOn);
  return delivered;
}

// A page gives its memory back and asks for more when a stage has enlarged it: whoever waits for
// memory then must not wait for the one who waits for it.
TEST(Evaluator, EndsWhereEnlargedPagesHardlyFit) {
  const SmallCorpus pages;
  const std::uint64_t page = task_bytes(pages.corpus().pages().front(), false);
  const std::vector<std::size_t> all{0, 1, 2, 3, 4, 5};
  for (const std::uint64_t tasks : {std::uint64_t{1}, page, page * 3 / 2, page * 4, page * 5}) {
    Evaluator evaluator(pages.corpus(), {},
                        {.workers = 4, .pages = page, .cache = page, .tasks = tasks});
    for (const bool prunes : {false, true})
      EXPECT_EQ(delivered_enlarged(evaluator, prunes), all) << tasks << ' ' << prunes;
  }
}

/// Four equal trials of one page that a stage makes twice as wide.
void evaluate_equal(Evaluator& evaluator) {
  const Pipeline pipeline = parse_pipeline(
      "[[stage]]\nuse=\"rescale\"\nfactor=2\n[[stage]]\nuse=\"clahe\"\nclip=2\ntile=8\n", "t");
  std::size_t given = 0;
  std::vector<Trial> trials;
  evaluator.run({.next = [&]() -> NextTrial {
                   if (given == 4) return NoMore{};
                   return TrialRequest{.number = given++, .point = {}, .pipeline = pipeline};
                 },
                 .done = [&](Trial trial) { trials.push_back(std::move(trial)); },
                 .tick = [](std::size_t) {}},
                kGoOn);
  ASSERT_EQ(trials.size(), 4U);
  for (const Trial& trial : trials) EXPECT_TRUE(same_scores(trial.pages[0], trials[0].pages[0]));
}

// One worker has the turn for the image and needs memory for it, the other has memory and needs
// the turn.
TEST(Evaluator, EndsWhereEqualImagesHardlyFit) {
  const SmallCorpus pages;
  const Corpus one = pages.corpus().selected({0});
  const std::uint64_t page = task_bytes(one.pages().front(), false);
  for (const std::uint64_t tasks : {page, page * 7 / 5, page * 2, page * 4, page * 5}) {
    test::Fate fate;
    const auto device = std::make_shared<DeviceUse>(std::make_unique<test::FakeDevice>(fate));
    for (const auto& devices : {std::vector<std::shared_ptr<DeviceUse>>{}, {device}}) {
      Evaluator evaluator(one, {}, {.workers = 2, .pages = page, .cache = page, .tasks = tasks},
                          devices);
      test::must_end("equal images", [&] { evaluate_equal(evaluator); });
      EXPECT_EQ(evaluator.cache_use().ocr_results, 4U);
      EXPECT_EQ(evaluator.cache_use().ocr_runs_spared, 3U);
    }
  }
}

// Pages that a device has prepared have memory and need a worker, the worker needs memory.
TEST(Evaluator, EndsWherePreparedPagesHardlyFit) {
  const SmallCorpus pages;
  const std::uint64_t page = task_bytes(pages.corpus().pages().front(), false);
  const std::vector<std::size_t> all{0, 1, 2, 3, 4, 5};
  for (const int workers : {1, 2}) {
    for (const std::uint64_t tasks : {std::uint64_t{1}, page, page * 3 / 2, page * 4, page * 5}) {
      test::Fate fate;
      const auto device = std::make_shared<DeviceUse>(std::make_unique<test::FakeDevice>(fate));
      Evaluator evaluator(pages.corpus(), {},
                          {.workers = workers, .pages = page, .cache = page, .tasks = tasks},
                          {device});
      for (const bool prunes : {false, true}) {
        test::must_end("prepared pages", [&] {
          EXPECT_EQ(delivered_enlarged(evaluator, prunes), all) << tasks << ' ' << prunes;
        });
      }
    }
  }
}

/// What was delivered, "3" for a whole trial, "4:2" for one pruned after two pages.
std::vector<std::string> delivered_with_pruning(int workers, std::chrono::milliseconds thinking) {
  const SmallCorpus pages;
  Evaluator evaluator(pages.corpus(), {}, plan(workers));
  Requests requests(12);
  std::vector<std::string> delivered;
  evaluator.run(
      {.next = [&] { return requests.next(); },
       .done = [&](const Trial& trial) { delivered.push_back(std::to_string(trial.number)); },
       .tick = [](std::size_t) {},
       .prunes =
           [&](std::size_t number, std::span<const PageResult> first) {
             EXPECT_LT(first.size(), 4U);
             for (const PageResult& page : first) EXPECT_GT(page.timings.started_us, 0);
             std::this_thread::sleep_for(thinking);
             // Depends on what was delivered, as a pruner does.
             return number % 3 != 0 && first.size() == 1 + delivered.size() % 3;
           },
       .pruned =
           [&](const PrunedTrial& trial) {
             delivered.push_back(fmt::format("{}:{}", trial.number, trial.results.size()));
           }},
      kGoOn);
  return delivered;
}

TEST(Evaluator, PrunesTheSameTrialsWithAnyNumberOfWorkers) {
  const std::vector<std::string> expected = delivered_with_pruning(1, 0ms);
  EXPECT_EQ(expected, (std::vector<std::string>{"0", "1:2", "2:3", "3", "4:2", "5:3", "6", "7:2",
                                                "8:3", "9", "10:2", "11:3"}));
  for (const int workers : {2, 5}) EXPECT_EQ(delivered_with_pruning(workers, 0ms), expected);
}

TEST(Evaluator, PrunesTrialsThatBecameWholeWhileItWasThoughtOver) {
  EXPECT_EQ(delivered_with_pruning(5, 20ms), delivered_with_pruning(1, 0ms));
}

/// "number:pages" of the trials as they were delivered, where two may be in work; trials 1, 4, 7 go
/// through the pages backwards, and 4 and 8 are stopped after one.
std::vector<std::string> delivered_two_at_a_time(int workers) {
  const SmallCorpus pages;
  Evaluator evaluator(pages.corpus(), {}, plan(workers));
  Requests requests(9);
  std::vector<std::string> delivered;
  std::size_t in_work = 0;
  const auto deliver = [&](std::size_t number, std::size_t results) {
    --in_work;
    delivered.push_back(fmt::format("{}:{}", number, results));
  };
  evaluator.run(
      {.next = [&]() -> NextTrial {
         if (in_work == 2) return NotYet{};
         NextTrial next = requests.next();
         if (auto* request = std::get_if<TrialRequest>(&next)) {
           ++in_work;
           if (request->number % 3 == 1) request->pages = {3, 2, 1, 0};
           request->prunable = request->number != 2;
         }
         return next;
       },
       .done =
           [&](const Trial& trial) {
             const bool backwards = trial.number % 3 == 1;
             EXPECT_EQ(trial.page_order,
                       backwards ? std::vector<std::size_t>({3, 2, 1, 0}) : evaluator.page_order());
             EXPECT_EQ(trial.pages[1].scores.value(Score::words), 3);
             deliver(trial.number, trial.pages.size());
           },
       .tick = [](std::size_t) {},
       .prunes =
           [](std::size_t number, std::span<const PageResult> first) {
             EXPECT_NE(number, 2U);
             EXPECT_TRUE(number != 4 || !first[0].scores.find(Score::cer));
             return number % 4 == 0 && number > 0;
           },
       .pruned =
           [&](const PrunedTrial& trial) {
             EXPECT_EQ(trial.pages.size(), 1U);
             EXPECT_EQ(trial.pages[0], trial.number == 4 ? 3U : evaluator.page_order()[0]);
             deliver(trial.number, trial.results.size());
           }},
      kGoOn);
  return delivered;
}

TEST(Evaluator, WaitsForATrialWhereTheNextDependsOnIt) {
  for (const int workers : {1, 2, 5}) {
    EXPECT_EQ(
        delivered_two_at_a_time(workers),
        (std::vector<std::string>{"0:4", "1:4", "2:4", "3:4", "4:1", "5:4", "6:4", "7:4", "8:1"}));
  }
}

TEST(Evaluator, WaitingForNothingIsAnError) {
  const SmallCorpus pages;
  Evaluator evaluator(pages.corpus(), {}, plan(2));
  EXPECT_THROW(evaluator.run({.next = [] { return NotYet{}; },
                              .done = [](const Trial&) {},
                              .tick = [](std::size_t) {}},
                             kGoOn),
               std::logic_error);
}

TEST(Evaluator, NothingToDoIsDoneAtOnce) {
  const SmallCorpus pages;
  Evaluator evaluator(pages.corpus(), {}, plan(3));
  EXPECT_TRUE(evaluate(evaluator, 0).empty());
}

TEST(Evaluator, StoppedItDeliversWholeTrialsOnly) {
  const SmallCorpus pages;
  for (const int workers : {1, 3}) {
    Evaluator evaluator(pages.corpus(), {}, plan(workers));
    const std::vector<Trial> whole = evaluate(evaluator, 6);
    Requests requests(1000);
    std::atomic<bool> stop{false};
    std::vector<Trial> trials;
    evaluator.run({.next = [&] { return requests.next(); },
                   .done =
                       [&](Trial trial) {
                         trials.push_back(std::move(trial));
                         if (trials.size() == 2) stop = true;
                       },
                   .tick = [](std::size_t) {}},
                  stop);
    ASSERT_GE(trials.size(), 2U);
    ASSERT_LT(trials.size(), 20U);
    for (std::size_t i = 0; i < trials.size(); ++i) {
      EXPECT_EQ(trials[i].number, i);
      for (const PageResult& page : trials[i].pages) EXPECT_GT(page.timings.started_us, 0);
    }
    // What was stopped leaves nothing behind.
    EXPECT_TRUE(same_results(evaluate(evaluator, 6), whole));
  }
}

TEST(Evaluator, StoppedFromAnotherThreadItReturns) {
  const SmallCorpus pages;
  Evaluator evaluator(pages.corpus(), {}, plan(2));
  Requests requests(100'000);
  std::atomic<bool> stop{false};
  const std::jthread asks([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    stop = true;
  });
  evaluator.run({.next = [&] { return requests.next(); },
                 .done = [](const Trial& trial) { EXPECT_EQ(trial.pages.size(), 4U); },
                 .tick = [](std::size_t) {}},
                stop);
  EXPECT_TRUE(stop);
}

TEST(Evaluator, ExceptionsOfCallbacksComeThrough) {
  const SmallCorpus pages;
  Evaluator evaluator(pages.corpus(), {}, plan(2));
  const auto run = [&](int place) {
    Requests requests(50);
    std::size_t delivered = 0;
    const auto fail_at = [&](int here) {
      if (here == place) throw Error(Errc::study_error, "the disk is full");
    };
    const std::string message = test::error_of(Errc::study_error, [&] {
      evaluator.run({.next =
                         [&] {
                           if (delivered > 0) fail_at(0);
                           return requests.next();
                         },
                     .done =
                         [&](const Trial&) {
                           ++delivered;
                           fail_at(1);
                         },
                     .tick =
                         [&](std::size_t tasks) {
                           if (tasks > 0) fail_at(2);
                         }},
                    kGoOn);
    });
    EXPECT_EQ(message, "the disk is full");
    EXPECT_LT(delivered, 50U);
  };
  for (const int place : {0, 1, 2}) run(place);
  EXPECT_EQ(evaluate(evaluator, 2).size(), 2U);
}

TEST(Evaluator, ErrorsOfWorkersComeThrough) {
  const SmallCorpus missing("qqq");
  Evaluator evaluator(missing.corpus(), {}, plan(2));
  EXPECT_TRUE(test::contains(
      test::error_of(Errc::dependency_missing, [&] { (void)evaluate(evaluator, 3); }), "qqq"));
  const SmallCorpus pages;
  Evaluator other(pages.corpus(), {}, plan(2));
  std::filesystem::remove(pages.folder().path() / "2.png");
  EXPECT_TRUE(test::contains(
      test::error_of(Errc::input_unreadable, [&] { (void)evaluate(other, 3); }), "2.png"));
}

TEST(Evaluator, APipelineThatCantRunIsAResult) {
  const SmallCorpus pages;
  const Stage greedy{.name = "greedy",
                     .summary = "",
                     .cites = {},
                     .parameters = {},
                     .run = [](const Image& in, const Values&) -> Image {
                       if (in.gray.cols > 400) throw std::bad_alloc();
                       return in;
                     }};
  const Pipeline pipeline("p", "", {{.stage = &greedy}});
  Evaluator evaluator(pages.corpus(), {}, plan(2));
  bool given = false;
  std::optional<Trial> result;
  evaluator.run({.next = [&]() -> NextTrial {
                   if (std::exchange(given, true)) return NoMore{};
                   return TrialRequest{.number = 3, .point = {}, .pipeline = pipeline};
                 },
                 .done = [&](Trial trial) { result = std::move(trial); },
                 .tick = [](std::size_t) {}},
                kGoOn);
  ASSERT_TRUE(result);
  EXPECT_EQ(result->number, 3U);
  EXPECT_EQ(result->pages[0].failure, "");
  EXPECT_EQ(result->pages[1].failure, "stage greedy: out of memory");
  EXPECT_EQ(result->pages[1].scores.value(Score::confidence), 0);
  EXPECT_EQ(result->pages[1].scores.find(Score::cer), 1);
  EXPECT_EQ(result->pages[1].scores.find(Score::wer), 1);
}

}  // namespace
}  // namespace ocrtune
