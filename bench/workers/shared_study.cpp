// A study on PostgreSQL whose pages are evaluated by any number of processes that sleep instead of
// recognizing text: what coordination costs. Writes one line of JSON.

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <array>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

#include "ocrtune/base/duration.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/random.h"
#include "ocrtune/corpus/corpus.h"
#include "ocrtune/pipeline/pipeline_file.h"
#include "ocrtune/pipeline/presets.h"
#include "ocrtune/search/shared_evaluator.h"
#include "ocrtune/search/task_worker.h"
#include "ocrtune/storage/storage.h"
#include "ocrtune/storage/task_queue.h"

namespace {

using namespace ocrtune;
using Clock = std::chrono::steady_clock;

constexpr const char* kPipeline = "[[stage]]\nuse=\"clahe\"\nclip=\"free\"\ntile=\"free\"\n";

struct Options {
  std::string study;
  int workers = 1;
  double ms = 300;      // of a page
  double seconds = 20;  // to measure
  int pages = 20;       // of a trial
};

double cpu_seconds() {
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

/// Small pages with different pixels.
Corpus small_corpus(int count) {
  const auto folder =
      std::filesystem::temp_directory_path() / ("ocrtune-bench-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  std::vector<InputFile> files;
  for (int page = 0; page < count; ++page) {
    const std::string name = std::to_string(page) + ".pgm";
    std::ofstream(folder / name) << "P5 8 8 255\n" << std::string(64, static_cast<char>(page));
    files.push_back({.path = folder / name, .name = name});
  }
  std::vector<Problem> problems;
  Corpus corpus = Corpus::load(files, {.keep_bytes = 1'000'000}, problems);
  std::filesystem::remove_all(folder);
  if (!problems.empty()) throw Error(Errc::input_unreadable, "the pages could not be written");
  return corpus;
}

StudyDefinition definition_of(const Corpus& corpus) {
  StudyDefinition definition;
  definition.pipeline = kPipeline;
  for (const Page& page : corpus.pages())
    definition.pages.push_back({.name = page.name, .pixels = page.identity().text()});
  return definition;
}

/// A process that is a worker until the pipe to it is closed, and then writes the number of its
/// pages.
class SleepingWorker {
 public:
  SleepingWorker(const Options& options, int number) {
    if (::pipe(to_.data()) != 0 || ::pipe(from_.data()) != 0)
      throw Error(Errc::limit_reached, "no pipe to a worker");
    process_ = ::fork();
    if (process_ < 0) throw Error(Errc::limit_reached, "no process for a worker");
    if (process_ == 0) work(options, number);
    ::close(to_[0]);
    ::close(from_[1]);
  }

  /// The number of pages that it has evaluated.
  std::size_t end() {
    ::close(to_[1]);
    std::size_t pages = 0;
    const bool told = ::read(from_[0], &pages, sizeof pages) == sizeof pages;
    ::close(from_[0]);
    ::waitpid(process_, nullptr, 0);
    if (!told) throw Error(Errc::limit_reached, "a worker has ended early");
    return pages;
  }

 private:
  [[noreturn]] void work(const Options& options, int number) const {
    // Other workers must not keep the pipe open.
    for (int file = 3; file < 4096; ++file) {
      if (file != to_[0] && file != from_[1]) ::close(file);
    }
    const auto sleep = [ms = options.ms](const PageTask& task, std::size_t,
                                         const std::atomic<bool>&) {
      if (ms > 0) std::this_thread::sleep_for(std::chrono::duration<double, std::milli>(ms));
      PageResult result;
      result.scores.set(Score::confidence, static_cast<double>(task.page));
      return std::optional(result);
    };
    try {
      TaskWorker worker(
          open_task_queue(options.study, static_cast<std::size_t>(options.pages), {.patience = 60}),
          "worker:" + std::to_string(number), 1, sleep);
      char byte = 0;
      (void)!::read(to_[0], &byte, 1);
      worker.stop();
      worker.check();
      const std::size_t pages = worker.pages_done();
      (void)!::write(from_[1], &pages, sizeof pages);
    } catch (const std::exception& error) {
      std::fprintf(stderr, "worker %d: %s\n", number, error.what());
    }
    ::_exit(0);
  }

  std::array<int, 2> to_{};
  std::array<int, 2> from_{};
  pid_t process_ = 0;
};

struct Measured {
  std::size_t delivered = 0;  // pages of all trials
  std::size_t pages = 0;      // while it was measured
  double seconds = 0;
  double cpu = 0;
};

/// Drives the study: from the first results on a while of warming up, then what is measured.
Measured drive(const Options& options, const Corpus& corpus, Storage& storage) {
  const Driver driver{.name = "driver:1", .program = "bench", .references = "none"};
  const auto queue = open_task_queue(options.study, corpus.pages().size());
  if (!queue->drive(driver)) throw Error(Errc::study_error, "the study is driven by another one");
  // The queue begins to be filled for the number of workers that live.
  while (queue->threads() < static_cast<std::size_t>(options.workers)) {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    (void)queue->drive(driver);
  }
  const Pipeline searched = parse_pipeline(kPipeline, "pipeline");
  Random random(1);
  Measured measured;
  std::size_t number = 0;
  std::size_t first = 0;
  double first_cpu = 0;
  const auto start = Clock::now();
  Clock::time_point begin;
  const double warm_up = std::max(2.0, 4 * options.ms / 1000);
  const std::atomic<bool> go_on{false};
  SharedEvaluator(*queue, corpus, [&] { (void)queue->drive(driver); })
      .run({.next = [&]() -> NextTrial {
              if (seconds_since(start) > warm_up + options.seconds) return NoMore{};
              const Point point =
                  searched.space().at(std::vector<double>{random.uniform(), random.uniform()});
              return TrialRequest{
                  .number = ++number, .point = point, .pipeline = searched.at(point)};
            },
            .done =
                [&](const Trial& trial) {
                  measured.delivered += trial.pages.size();
                  storage.append(trial);
                },
            .tick =
                [&](std::size_t pages) {
                  const double now = seconds_since(start);
                  if (first == 0 && now > warm_up) {
                    first = pages;
                    first_cpu = cpu_seconds();
                    begin = Clock::now();
                  }
                  if (first == 0 || now > warm_up + options.seconds) return;
                  measured.pages = pages - first;
                  measured.seconds = seconds_since(begin);
                  measured.cpu = cpu_seconds() - first_cpu;
                }},
           go_on);
  return measured;
}

void run(const Options& options) {
  const Corpus corpus = small_corpus(options.pages);
  const auto storage = create_study(options.study, definition_of(corpus));
  std::vector<SleepingWorker> workers;
  for (int number = 0; number < options.workers; ++number) workers.emplace_back(options, number);
  const Measured measured = drive(options, corpus, *storage);
  std::size_t evaluated = 0;
  for (SleepingWorker& worker : workers) evaluated += worker.end();
  const double rate = static_cast<double>(measured.pages) / measured.seconds;
  const nlohmann::json line{{"workers", options.workers},
                            {"ms", options.ms},
                            {"pages_per_second", rate},
                            {"efficiency", rate * options.ms / 1000 / options.workers},
                            {"driver_cpu", measured.cpu / measured.seconds},
                            {"delivered", measured.delivered},
                            {"evaluated", evaluated}};
  std::printf("%s\n", line.dump().c_str());
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  CLI::App app("Measures a study on PostgreSQL with workers that sleep");
  app.add_option("study", options.study, "postgresql://…; a new study")->required();
  app.add_option("--workers", options.workers, "Processes")->check(CLI::Range(1, 1000));
  app.add_option("--ms", options.ms, "Time of a page")->check(CLI::Range(0., 60'000.));
  app.add_option("--seconds", options.seconds, "Time to measure")->check(CLI::Range(1., 3600.));
  app.add_option("--pages", options.pages, "Pages of a trial")->check(CLI::Range(1, 255));
  CLI11_PARSE(app, argc, argv);
  try {
    run(options);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "shared_study: %s\n", error.what());
    return 1;
  }
  return 0;
}
