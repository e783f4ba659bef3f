#include "ocrtune/cli/references.h"

#include <fmt/format.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ocrtune/apply/best_reading.h"
#include "ocrtune/base/error.h"
#include "ocrtune/evaluator/page_loop.h"
#include "ocrtune/ocr/reading.h"
#include "ocrtune/pipeline/portfolio.h"

namespace ocrtune::cli {

Corpus with_references(Context& context, const Corpus& pages, const ReadingOptions& reading,
                       const MemoryPlan& plan, References wanted) {
  std::vector<std::size_t> read;
  for (std::size_t i = 0; i < pages.pages().size(); ++i) {
    const bool untyped = !pages.pages()[i].truth;
    if (wanted == References::all || (wanted == References::without_truth && untyped))
      read.push_back(i);
  }
  if (read.empty()) return pages;
  const Portfolio portfolio = load_portfolio("documents");
  std::vector<std::optional<std::string>> texts(pages.pages().size());
  StageCache cache(plan.cache, kStepsPerWorker * static_cast<std::uint64_t>(plan.workers));
  MemoryGate gate(plan.tasks);
  const auto work = [&](std::size_t next, RecognizerPool& recognizers) {
    const std::size_t i = read[next];
    const Page& page = pages.pages()[i];
    MemoryGate::Room room(gate, task_bytes(page, false));
    try {
      const auto voted = best_reading(
          page, [&] { return pages.image(i); }, portfolio, recognizers, {.stages = cache},
          context.stop, {.choice = Choice::vote}, &room);
      if (!voted) return false;
      texts[i] = plain_text(voted->reading);
    } catch (const Error& error) {
      if (error.status() != ExitStatus::limit_reached) throw;
    }
    return true;
  };
  const auto emit = [&](std::size_t done) {
    context.talk.progress(fmt::format("reading each page in {} ways to compare with: {}/{} pages",
                                      portfolio.pipelines.size(), done + 1, read.size()));
  };
  for_each_page(read.size(), plan.workers, reading, work, emit, context.stop);
  return context.stop ? pages : pages.with_references(std::move(texts));
}

}  // namespace ocrtune::cli
