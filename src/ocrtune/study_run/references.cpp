#include "ocrtune/study_run/references.h"

#include <fmt/format.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ocrtune/apply/best_result.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/documents/ocr_result.h"
#include "ocrtune/execution/pages_at_work.h"
#include "ocrtune/pipeline/portfolio.h"

namespace ocrtune::workflow {
namespace {

/// The pipelines of `documents`, and the original page by a further engine, if there is one. It is
/// second, as in `two_engines`: two engines that agree need no further OCR result.
Portfolio ensemble(const std::string& further_engine) {
  Portfolio portfolio = load_portfolio("documents");
  if (further_engine.empty()) return portfolio;
  const std::string name = fmt::format("raw, {}", further_engine);
  portfolio.pipelines.insert(portfolio.pipelines.begin() + 1, Pipeline(name, "", {}));
  portfolio.uses[name] = {.engine = further_engine};
  return portfolio;
}

}  // namespace

Corpus with_references(const Events& events, const Corpus& pages,
                       const RecognitionOptions& recognition, const MemoryPlan& plan,
                       References wanted, ReferenceStock stock, const std::string& further_engine) {
  std::vector<std::size_t> read;
  std::vector<std::optional<std::string>> texts(pages.pages().size());
  for (std::size_t i = 0; i < pages.pages().size(); ++i) {
    const bool untyped = !pages.pages()[i].truth;
    if (wanted != References::all && !(wanted == References::without_truth && untyped)) continue;
    const auto known = stock.known.find(i);
    if (known == stock.known.end()) {
      read.push_back(i);
    } else {
      texts[i] = std::move(known->second);
    }
  }
  if (read.empty()) return pages.with_references(std::move(texts));
  const Portfolio portfolio = ensemble(further_engine);
  StageCache cache(plan.cache, kStepsPerWorker * static_cast<std::uint64_t>(plan.workers));
  const PagesAtWork at_work{
      .corpus = pages,
      .which = read,
      .plan = plan,
      .recognition = recognition,
      .events = events,
      .line = [&, progress = PagesProgress()](std::size_t done, std::size_t all) {
        return tr("OCR of each page by an ensemble of {} pipelines: {}", portfolio.pipelines.size(),
                  progress(done, all));
      }};
  // Nothing for a page that cannot be recognized.
  using Text = std::optional<std::string>;
  work_on_pages<Text>(
      at_work,
      [&](PageAtWork& at) -> std::optional<Text> {
        try {
          const PagePlace place{.stages = cache};
          const auto voted = best_result(at.page, [&] { return pages.image(at.index); },
                                         {.portfolio = portfolio,
                                          .recognizers = at.recognizers,
                                          .place = place,
                                          .stop = *events.stop,
                                          .reservation = &at.reservation},
                                         {.choice = Choice::vote});
          if (!voted) return std::nullopt;
          return Text(plain_text(voted->ocr_result));
        } catch (const Error& error) {
          if (error.code() != Errc::limit_reached) throw;
          return Text();
        }
      },
      [&](std::size_t index, Text text) {
        stock.keep(index, text);
        texts[index] = std::move(text);
      });
  return events.stopped() ? pages : pages.with_references(std::move(texts));
}

}  // namespace ocrtune::workflow
