#include "ocrtune/study_run/judged_pages.h"

#include <algorithm>
#include <atomic>
#include <utility>

#include "ocrtune/execution/page_loop.h"
#include "ocrtune/metrics/agreement.h"
#include "ocrtune/metrics/error_rate.h"
#include "ocrtune/metrics/expected_errors.h"

namespace ocrtune::workflow {
namespace {

/// Calls `work(i, recognizers)` for each of `count` pages.
void on_each(std::size_t count, int workers, const RecognitionOptions& recognition,
             const std::atomic<bool>& stop,
             const std::function<void(std::size_t, RecognizerPool&)>& work) {
  for_each_page(
      count, workers, recognition,
      [&](std::size_t i, RecognizerPool& recognizers) -> std::optional<PageDone> {
        work(i, recognizers);
        return PageDone{};
      },
      [](std::size_t) {}, stop);
}

std::vector<std::size_t> pipelines_of(const RecordedPage& recorded) {
  std::vector<std::size_t> pipelines;
  for (const RecordedResult& result : recorded) pipelines.push_back(result.candidate.pipeline);
  return pipelines;
}

/// Those of an ensemble that are for pages in a language.
std::vector<std::size_t> pipelines_of(const Ensemble& ensemble, const std::string& lang) {
  std::vector<std::size_t> pipelines;
  for (const EnsembleMember& member : ensemble.members) {
    if (member.languages.empty() || member.languages.contains(lang))
      pipelines.push_back(member.pipeline);
  }
  return pipelines;
}

ChoiceRule rule_of(bool stops_early) {
  return {.choice = Choice::vote,
          .enough = stops_early ? std::optional(kEnoughConfidence) : std::nullopt};
}

}  // namespace

JudgedPages::JudgedPages(const Corpus& corpus, const RecognitionOptions& recognition, int workers,
                         std::vector<std::optional<RecordedPage>> recorded,
                         const std::atomic<bool>& stop)
    : corpus_(corpus), recognition_(recognition), stop_(stop), workers_(workers) {
  for (std::size_t i = 0; i < recorded.size(); ++i) {
    if (recorded[i]) pages_.push_back({.index = i, .recorded = std::move(*recorded[i])});
  }
  on_each(pages_.size(), workers_, recognition_, stop_,
          [this](std::size_t i, RecognizerPool& pool) {
            const Page& page = corpus_.pages()[pages_[i].index];
            if (!page.truth) judge_by_consensus(pages_[i], pool.lexicon(page.lang));
          });
}

std::size_t JudgedPages::with_truth() const {
  return static_cast<std::size_t>(std::ranges::count_if(pages_, [this](const JudgedPage& page) {
    return corpus_.pages()[page.index].truth.has_value();
  }));
}

std::vector<EnsembleValues> JudgedPages::values(const std::vector<Ensemble>& ensembles) const {
  std::vector<EnsembleValues> values(
      ensembles.size(),
      {.wrong = std::vector<double>(pages_.size()), .seconds = std::vector<double>(pages_.size())});
  on_each(pages_.size(), workers_, recognition_, stop_, [&](std::size_t i, RecognizerPool& pool) {
    const JudgedPage& judged = pages_[i];
    const std::string& lang = corpus_.pages()[judged.index].lang;
    const Lexicon& lexicon = pool.lexicon(lang);
    for (std::size_t e = 0; e < ensembles.size(); ++e) {
      const ReplayedResult result = replayed(judged.recorded, pipelines_of(ensembles[e], lang),
                                             rule_of(ensembles[e].stops_early), lexicon);
      values[e].wrong[i] = wrong(judged, plain_text(result.ocr_result));
      values[e].seconds[i] = result.seconds;
    }
  });
  return values;
}

void JudgedPages::judge_by_consensus(JudgedPage& judged, const Lexicon& lexicon) const {
  const RecordedPage& recorded = judged.recorded;
  judged.consensus =
      plain_text(replayed(recorded, pipelines_of(recorded), rule_of(false), lexicon).ocr_result);
  const bool strong = std::ranges::any_of(recorded, [](const RecordedResult& result) {
    return !result.candidate.of_tesseract && result.candidate.failure.empty();
  });
  double sum = 0;
  std::size_t count = 0;
  for (const RecordedResult& result : recorded) {
    const Candidate& candidate = result.candidate;
    if (!candidate.failure.empty() || candidate.of_tesseract == strong) continue;
    sum += 1 - agreement(plain_text(result.ocr_result), judged.consensus);
    ++count;
  }
  judged.expected_cer =
      count == 0 ? 1 : expected_cer_of_consensus(sum / static_cast<double>(count), strong);
}

double JudgedPages::wrong(const JudgedPage& judged, const std::string& text) const {
  const Page& page = corpus_.pages()[judged.index];
  if (page.truth) return std::min(1.0, error_rate(text, *page.truth).cer());
  const double distance = 1 - agreement(text, judged.consensus);
  return std::min(1.0, judged.expected_cer + expected_excess(distance));
}

}  // namespace ocrtune::workflow
