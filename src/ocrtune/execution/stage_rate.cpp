#include "ocrtune/execution/stage_rate.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <thread>
#include <vector>

#include "ocrtune/base/error.h"
#include "ocrtune/execution/stage_run.h"

namespace ocrtune {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kMaxPages = 8;

struct LoadedPage {
  Image image;
  PageContent content;
};

/// A sample of the corpus, evenly spaced.
std::vector<LoadedPage> some_pages(const Corpus& corpus, bool in_colour) {
  const std::size_t all = corpus.pages().size();
  const std::size_t count = std::min(all, kMaxPages);
  std::vector<LoadedPage> loaded;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t page = i * all / count;
    try {
      loaded.push_back({corpus.image(page, in_colour), page_content(corpus.pages()[page])});
    } catch (const Error& error) {
      // Of a file that is gone the work on the page tells.
      if (error.code() != Errc::input_unreadable) throw;
    }
  }
  return loaded;
}

void run_stages(const LoadedPage& page, const Pipeline& pipeline, DeviceUse* device) {
  StageCache nothing(0, 1);
  StageRun run(
      pipeline, page.content, [&] { return page.image; }, nothing, {}, device);
  try {
    (void)run.image();
  } catch (const Error&) {
    // A pipeline that cannot run on this page is reported when the page is evaluated.
  }
}

}  // namespace

double stage_rate(const Corpus& corpus, const Pipeline& pipeline, DeviceUse* device, int threads,
                  double seconds, const std::atomic<bool>& stop) {
  const std::vector<LoadedPage> pages = some_pages(corpus, pipeline.wants_colour());
  if (pages.empty()) return 0;
  // Initialization, such as compiling kernels, is not measured.
  run_stages(pages.front(), pipeline, device);
  std::atomic<std::size_t> next{0};
  std::atomic<std::size_t> done{0};
  const Clock::time_point start = Clock::now();
  const auto end = start + std::chrono::duration<double>(seconds);
  {
    std::vector<std::jthread> workers;
    workers.reserve(static_cast<std::size_t>(threads));
    for (int i = 0; i < threads; ++i) {
      workers.emplace_back([&] {
        do {
          run_stages(pages[next++ % pages.size()], pipeline, device);
          ++done;
        } while (!stop && Clock::now() < end);
      });
    }
  }
  const bool failed = device != nullptr && device->failures() > 0;
  if (failed || stop) return 0;
  const std::chrono::duration<double> spent = Clock::now() - start;
  return static_cast<double>(done) / spent.count();
}

}  // namespace ocrtune
