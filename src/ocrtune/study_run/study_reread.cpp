// Parts of StudyRun that evaluate trials again.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "ocrtune/analysis/summary.h"
#include "ocrtune/base/address.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/ocr/engines/engine_choice.h"
#include "ocrtune/ocr/engines/engine_registry.h"
#include "ocrtune/pipeline/presets.h"
#include "ocrtune/search/evaluator.h"
#include "ocrtune/study_run/imported_trials.h"
#include "ocrtune/study_run/study_run.h"

namespace ocrtune::workflow {
namespace {

/// Number of trials that are evaluated again if another program created the study; the first one is
/// the baseline.
constexpr std::size_t kCheckedTrials = 8;

/// The number of a trial's scores on pages that differ here.
std::size_t count_others(const std::vector<PageScores>& stored,
                         const std::vector<PageScores>& here) {
  std::size_t others = 0;
  for (std::size_t i = 0; i < stored.size(); ++i)
    others += same_results(stored[i], here[i]) ? 0 : 1;
  return others;
}

/// An imported trial has the means of its scores, to the last digits, and single pages rounded
/// ones.
bool same_means(const Trial& stored, const std::vector<PageScores>& here) {
  constexpr double kTolerance = 1e-4;
  std::vector<PageResult> pages;
  pages.reserve(here.size());
  for (const PageScores& scores : here)
    pages.push_back({.scores = scores, .timings = {}, .failure = {}});
  return std::ranges::all_of(all_scores(), [&](Score score) {
    const std::optional<double> before = mean_score(stored.pages, score);
    const std::optional<double> now = mean_score(pages, score);
    return !before || (now && std::abs(*before - *now) <= kTolerance * std::max(1.0, *before));
  });
}

RecognitionOptions with_reference(RecognitionOptions options) {
  options.engines = confirming_engines(std::move(options.engines));
  return options;
}

std::vector<const Trial*> pointers_to(const std::vector<Trial>& trials) {
  std::vector<const Trial*> pointers;
  pointers.reserve(trials.size());
  for (const Trial& trial : trials) pointers.push_back(&trial);
  return pointers;
}

std::vector<std::size_t> finished_numbers(const Storage& storage) {
  std::vector<std::size_t> numbers;
  storage.each_trial([&](const Trial& trial) { numbers.push_back(trial.number); });
  return numbers;
}

}  // namespace

void StudyRun::check_results(const OpenStudy& open) {
  Storage& storage = *open.storage;
  const std::vector<std::size_t> numbers = finished_numbers(storage);
  if (numbers.empty()) return;
  const std::size_t count = std::min(numbers.size(), kCheckedTrials);
  std::vector<Trial> trials;
  for (std::size_t i = 0; i < count; ++i) {
    if (auto trial = storage.trial(numbers[i * numbers.size() / count]))
      trials.push_back(std::move(*trial));
  }
  const std::vector<const Trial*> checked = pointers_to(trials);
  const std::string what = tr("checking that the results are reproduced");
  std::size_t others = 0;
  std::size_t compared = 0;
  const auto compare = [&](const std::vector<PageScores>& stored,
                           const std::vector<PageScores>& here) {
    others += count_others(stored, here);
    compared += here.size();
  };
  reread(open.pages, storage.definition(), open.recognition, checked, what,
         [&](const Trial& stored, const std::vector<PageScores>& here) {
           if (!is_imported(storage.definition(), stored.number)) {
             compare(scores_of(stored), here);
             return;
           }
           compared += here.size();
           if (!same_means(stored, here)) others += here.size();
         });
  // Confirmations and validations are checked with the baseline, which has them first.
  const auto check_stock = [&](const Corpus& pages, const Confirmations& known) {
    const auto baseline = known.find(trials.front().number);
    if (baseline == known.end()) return;
    reread(pages, storage.definition(), with_reference(open.recognition), {&trials.front()}, what,
           [&](const Trial&, const std::vector<PageScores>& here) {
             compare(baseline->second, here);
           });
  };
  check_stock(open.pages, storage.confirmations());
  check_stock(open.held_out, storage.validations());
  if (interrupted_) return;
  const std::string both = tr("was created by {}; the current version is {}",
                              storage.definition().program, program_text());
  if (others > 0) {
    refuse_differences(options_.study, {tr("it {}, which gives other results on {} of {} pages",
                                           both, others, compared)});
  }
  // Imported trials may have gaps between their numbers.
  const std::size_t next = std::max(numbers.size() + storage.counts().pruned, numbers.back() + 1);
  storage.continue_with(program_text(), next);
  events_.say(tr("{}: {}; {} pages give the same results; resuming at trial {}",
                 shown_address(options_.study), both, compared, next));
}

void StudyRun::note_interruption() {
  interrupted_ = events_.stopped();
  if (interrupted_)
    events_.warn(tr("interrupted; finished trials are kept; run the same command again to resume"));
}

void StudyRun::confirm(const OpenStudy& open, const TrialScores& trials) {
  Storage& storage = *open.storage;
  std::vector<Trial> confirmed;
  for (const std::size_t number : to_be_confirmed(storage.definition(), trials,
                                                  storage.confirmations(), storage.validations())) {
    if (auto trial = storage.trial(number)) confirmed.push_back(std::move(*trial));
  }
  const std::vector<const Trial*> missing = pointers_to(confirmed);
  reread(open.pages, storage.definition(), with_reference(open.recognition), missing,
         tr("confirming with {}", reference_engine().title),
         [&](const Trial& trial, const std::vector<PageScores>& scores) {
           storage.confirm(trial.number, scores);
         });
}

void StudyRun::validate(const OpenStudy& open, const std::vector<const Trial*>& trials) {
  const Confirmations known = open.storage->validations();
  std::vector<const Trial*> missing;
  for (const Trial* trial : trials) {
    if (!known.contains(trial->number)) missing.push_back(trial);
  }
  reread(open.held_out, open.storage->definition(), with_reference(open.recognition), missing,
         tr("evaluating on the validation pages"),
         [&](const Trial& trial, const std::vector<PageScores>& scores) {
           open.storage->validate(trial.number, scores);
         });
}

void StudyRun::reread(const Corpus& pages, const StudyDefinition& definition,
                      const RecognitionOptions& options, const std::vector<const Trial*>& trials,
                      const std::string& what, const Take& take) {
  if (trials.empty() || pages.pages().empty()) return;
  const Pipeline searched = pipeline_of(definition);
  std::size_t next = 0;
  const EvaluatorEvents events{
      .next = [&]() -> NextTrial {
        if (next == trials.size()) return NoMore{};
        const Trial& trial = *trials[next++];
        return TrialRequest{
            .number = trial.number,
            .point = trial.point,
            .pipeline = trial.number == 0 ? raw_pipeline() : searched.at(trial.point)};
      },
      .done =
          [&](const Trial& again) {
            const auto trial = std::ranges::find(trials, again.number, &Trial::number);
            take(**trial, scores_of(again));
          },
      .tick =
          [&](std::size_t tasks) {
            const std::size_t all = trials.size() * pages.pages().size();
            events_.progress({tr("{}: {}/{} pages", what, tasks, all), tasks, all});
          },
  };
  Evaluator(pages, options, plan_, devices_.opened(events_, pages, searched, plan_))
      .run(events, *events_.stop);
  note_interruption();
}

}  // namespace ocrtune::workflow
