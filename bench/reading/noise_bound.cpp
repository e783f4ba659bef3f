// What is_noise() keeps from being read: for pages with truth and random points of `auto`, a line
// of JSON for each image that isn't, with the errors it has when it is read all the same, and at
// the end how many of them were within three times the fewest errors of their page.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <iostream>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "inputs.h"
#include "ocrtune/base/error.h"
#include "ocrtune/corpus/corpus.h"
#include "ocrtune/execution/page_loop.h"
#include "ocrtune/image/pix.h"
#include "ocrtune/metrics/error_rate.h"
#include "ocrtune/ocr/binarize.h"
#include "ocrtune/ocr/noise.h"
#include "ocrtune/ocr/recognizer.h"
#include "ocrtune/pipeline/pipeline.h"

namespace {

using namespace ocrtune;
using nlohmann::json;
using std::chrono::seconds;

/// Sets `stop` after a time, if it is still there.
class Watchdog {
 public:
  Watchdog(std::atomic<bool>& stop, seconds limit)
      : thread_([this, &stop, limit](const std::stop_token& over) {
          std::unique_lock lock(mutex_);
          if (!ended_.wait_for(lock, over, limit, [] { return false; }) && !over.stop_requested())
            stop = true;
        }) {}

 private:
  std::mutex mutex_;
  std::condition_variable_any ended_;
  std::jthread thread_;
};

std::int64_t marks_read(const Image& made) {
  const PixPtr gray = to_pix(ocr_result_copy(made, std::nullopt).gray);
  const PixPtr binary(binarize(gray.get()));
  return count_marks(binary.get());
}

struct NotRead {
  std::string pipeline;
  std::int64_t marks = 0;
  std::optional<double> cer;  ///< nothing where it took longer than is waited
};

struct JudgedPage {
  std::int64_t marks = 0;
  std::size_t images = 0;
  double fewest_errors = 1;
  std::vector<NotRead> not_read;
};

class Judge {
 public:
  Judge(const Corpus& corpus, std::vector<Pipeline> pipelines, seconds limit)
      : corpus_(corpus),
        pipelines_(std::move(pipelines)),
        limit_(limit),
        pages_(corpus.pages().size()) {}

  bool judge(std::size_t index, RecognizerPool& recognizers) {
    const Page& page = corpus_.pages()[index];
    const Image image = corpus_.image(index, true);
    JudgedPage& judged = pages_[index];
    judged.marks = page_marks(image.gray);
    for (const Pipeline& pipeline : pipelines_) {
      const Image made = pipeline.run(image);
      ++judged.images;
      const std::int64_t marks = marks_read(made);
      const bool noise = is_noise(marks, judged.marks);
      // The documents' pipelines are read to know how few errors the page can have.
      if (!noise && pipeline.name().starts_with("random")) continue;
      const std::optional<double> cer =
          errors_of(page, made, pipeline.ocr_settings(made), recognizers);
      if (cer) judged.fewest_errors = std::min(judged.fewest_errors, *cer);
      if (noise) judged.not_read.push_back({pipeline.name(), marks, cer});
    }
    return true;
  }

  [[nodiscard]] const JudgedPage& page(std::size_t index) const { return pages_[index]; }

 private:
  std::optional<double> errors_of(const Page& page, const Image& made, const OcrSettings& settings,
                                  RecognizerPool& recognizers) const {
    std::atomic<bool> stop{false};
    const Watchdog watchdog(stop, limit_);
    const auto ocr_result = recognizers.get(page.lang, settings).read(made, settings, stop);
    if (!ocr_result) return std::nullopt;
    return error_rate(plain_text(*ocr_result), *page.truth).cer();
  }

  const Corpus& corpus_;
  std::vector<Pipeline> pipelines_;
  seconds limit_;
  std::vector<JudgedPage> pages_;
};

void print(const Page& page, const JudgedPage& judged) {
  for (const NotRead& image : judged.not_read) {
    std::cout << json{{"page", page.name},
                      {"pipeline", image.pipeline},
                      {"marks", image.marks},
                      {"page_marks", judged.marks},
                      {"cer", image.cer ? json(*image.cer) : json()},
                      {"fewest", judged.fewest_errors}}
                     .dump()
              << "\n";
  }
  std::cout << std::flush;
}

void print_sums(const Judge& judge, std::size_t pages) {
  std::size_t images = 0;
  std::size_t not_read = 0;
  std::size_t not_within_limit = 0;
  std::size_t worth_something = 0;
  for (std::size_t i = 0; i < pages; ++i) {
    const JudgedPage& page = judge.page(i);
    images += page.images;
    not_read += page.not_read.size();
    for (const NotRead& image : page.not_read) {
      if (!image.cer) ++not_within_limit;
      if (image.cer && *image.cer <= 3 * page.fewest_errors) ++worth_something;
    }
  }
  fmt::print(
      "{} images, {} are noise; {} of those not read within the limit, {} within three times the "
      "fewest errors of their page\n",
      images, not_read, not_within_limit, worth_something);
}

int run(int argc, char** argv) {
  CLI::App app("Errors of the readings that a bound on noise leaves out");
  std::vector<std::string> inputs;
  int points = 200;
  int jobs = 2;
  int limit = 30;
  app.add_option("PAGES", inputs, "As `ocrtune read` takes them, with truth")->required();
  app.add_option("--points", points, "Random points of the pipeline `auto`")->capture_default_str();
  app.add_option("--seconds", limit, "A reading of noise may take")->capture_default_str();
  app.add_option("--jobs", jobs)->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  const Corpus corpus = pages_with_truth(inputs, jobs);
  Judge judge(corpus, documents_and_random(points), seconds(limit));
  const std::atomic<bool> stop{false};
  for_each_page(
      corpus.pages().size(), jobs, {},
      [&](std::size_t page, RecognizerPool& recognizers) {
        return judge.judge(page, recognizers) ? std::optional(PageDone{}) : std::nullopt;
      },
      [&](std::size_t page) { print(corpus.pages()[page], judge.page(page)); }, stop);
  print_sums(judge, corpus.pages().size());
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    fmt::print(stderr, "noise_bound: {}\n", error.what());
    return 1;
  }
}
