#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <memory>
#include <opencv2/imgcodecs.hpp>
#include <random>
#include <thread>
#include <vector>

#include "ocrtune/base/error.h"
#include "ocrtune/devices/devices.h"
#include "ocrtune/ocr/languages.h"
#include "ocrtune/ocr/lstm/forward.h"
#include "ocrtune/ocr/lstm/lstm_recognizer.h"
#include "ocrtune/ocr/lstm/model.h"
#include "ocrtune/ocr/lstm/shared_forward.h"

namespace {

using namespace ocrtune;

struct Arguments {
  std::vector<std::string> pages;
  std::string lang = "eng";
  std::string device = "opencl";
  unsigned threads = std::thread::hardware_concurrency();
  int lines = 60;  // of a page
  int rounds = 10;
};

/// Seconds that the threads take together; `work` is given a thread's number.
double seconds(unsigned threads, const std::function<void(unsigned)>& work) {
  const auto begin = std::chrono::steady_clock::now();
  {
    std::vector<std::jthread> all;
    for (unsigned i = 0; i < threads; ++i) all.emplace_back(work, i);
  }
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

std::vector<lstm::LineInput> noisy_lines(const lstm::Network& network, int count, unsigned seed) {
  std::mt19937 random(seed);
  std::uniform_int_distribution<int> width(200, 1400);
  std::uniform_int_distribution<int> level(-127, 127);
  std::vector<lstm::LineInput> lines(static_cast<std::size_t>(count));
  for (lstm::LineInput& line : lines) {
    line = {.width = width(random), .height = network.input_height};
    line.quantised.resize(static_cast<std::size_t>(line.width * line.height));
    std::ranges::generate(line.quantised, [&] { return static_cast<std::int8_t>(level(random)); });
  }
  return lines;
}

/// Lines a second through the network alone, pages of them by each thread.
void time_network(const Arguments& arguments, const std::shared_ptr<OcrDevice>& device) {
  const auto model = lstm::load_model(arguments.lang, tessdata_folder(""));
  const auto prepared =
      std::make_shared<const lstm::PreparedNetwork>(model->network, model->sample_iteration);
  const auto shared = lstm::forward_on(device, model);
  std::vector<std::vector<lstm::LineInput>> lines;
  for (unsigned i = 0; i < arguments.threads; ++i)
    lines.push_back(noisy_lines(model->network, arguments.lines, i));
  const double taken = seconds(arguments.threads, [&](unsigned thread) {
    lstm::Forward forward(prepared);
    std::vector<lstm::LineOutput> outs(lines[thread].size());
    for (int round = 0; round < arguments.rounds; ++round) {
      if (!shared || !shared->run(lines[thread], outs)) forward.run(lines[thread], outs);
    }
  });
  fmt::print("  {:.0f} lines a second through the network\n",
             arguments.lines * arguments.rounds * arguments.threads / taken);
}

/// A page's words and their confidences.
std::string transcript(const OcrResult& result) {
  std::string text;
  for (const Word& word : result.words) text += fmt::format("{} {}\n", word.text, word.confidence);
  return text;
}

/// Pages a second, read from beginning to end; returns their transcripts.
std::vector<std::string> time_pages(const Arguments& arguments,
                                    const std::shared_ptr<OcrDevice>& device) {
  if (arguments.pages.empty()) return {};
  std::vector<Image> pages;
  for (const std::string& file : arguments.pages) {
    pages.push_back({cv::imread(file, cv::IMREAD_GRAYSCALE)});
    if (pages.back().gray.empty()) throw Error(Errc::input_unreadable, file + ": not an image");
  }
  const std::size_t count = pages.size() * static_cast<std::size_t>(arguments.rounds);
  std::atomic<std::size_t> next{0};
  std::atomic<std::size_t> words{0};
  std::vector<std::string> transcripts(pages.size());
  const std::atomic<bool> stop{false};
  const double taken = seconds(arguments.threads, [&](unsigned) {
    const auto reader = open_lstm(arguments.lang, {.device = device});
    for (std::size_t i = next++; i < count; i = next++) {
      const OcrResult result = *reader->read(pages[i % pages.size()], {}, stop);
      words += result.words.size();
      if (i < pages.size()) transcripts[i] = transcript(result);
    }
  });
  fmt::print("  {:.2f} pages a second, {} words\n", static_cast<double>(count) / taken,
             words.load());
  return transcripts;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Times our own engine on the processors and on a device."};
  Arguments arguments;
  app.add_option("pages", arguments.pages, "Page images; without any, only the network is timed");
  app.add_option("--lang", arguments.lang, "Language")->capture_default_str();
  app.add_option("--device", arguments.device, "As --ocr-device")->capture_default_str();
  app.add_option("--threads", arguments.threads, "Threads")->capture_default_str();
  app.add_option("--lines", arguments.lines, "Lines that a thread has at once")
      ->capture_default_str();
  app.add_option("--rounds", arguments.rounds, "How often everything is read")
      ->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  try {
    std::vector<std::string> by_processors;
    for (const bool on_device : {false, true}) {
      const auto device =
          on_device ? std::make_shared<OcrDevice>(open_bare_device(arguments.device, kDeviceOption))
                    : nullptr;
      fmt::print("{}, {} threads\n", device ? device->info().description : "processors",
                 arguments.threads);
      time_network(arguments, device);
      const std::vector<std::string> transcripts = time_pages(arguments, device);
      if (device && device->failures() > 0)
        fmt::print("  failed {} times: {}\n", device->failures(), device->first_failure());
      if (!device) {
        by_processors = transcripts;
      } else if (transcripts != by_processors) {
        fmt::print(stderr, "{} reads other words\n", device->info().name);
        return 1;
      }
    }
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 1;
  }
}
