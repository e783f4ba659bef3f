// What StudyRun does with trials that are evaluated once more.
#include <fmt/format.h>

#include <algorithm>

#include "ocrtune/base/files.h"
#include "ocrtune/evaluator/evaluator.h"
#include "ocrtune/ocr/engine_registry.h"
#include "ocrtune/pipeline/presets.h"
#include "ocrtune/report/summary.h"
#include "ocrtune/workflow/study_run.h"

namespace ocrtune::workflow {
namespace {

/// Trials that are evaluated again where another program began the study; the baseline is the
/// first.
constexpr std::size_t kCheckedTrials = 8;

/// Of the scores that a trial has on pages, how many are others here.
std::size_t count_others(const std::vector<PageScores>& stored,
                         const std::vector<PageScores>& here) {
  std::size_t others = 0;
  for (std::size_t i = 0; i < stored.size(); ++i)
    others += same_results(stored[i], here[i]) ? 0 : 1;
  return others;
}

ReadingOptions with_reference(ReadingOptions options) {
  options.reader = reference_engine().name;
  options.readers.clear();
  return options;
}

}  // namespace

void StudyRun::check_results(const OpenStudy& open) {
  Storage& storage = *open.storage;
  const std::vector<Trial> trials = storage.trials();
  if (trials.empty()) return;
  std::vector<const Trial*> checked;
  const std::size_t count = std::min(trials.size(), kCheckedTrials);
  for (std::size_t i = 0; i < count; ++i) checked.push_back(&trials[i * trials.size() / count]);
  const std::string what = "checking that results are the same here";
  std::size_t others = 0;
  std::size_t compared = 0;
  const auto compare = [&](const std::vector<PageScores>& stored,
                           const std::vector<PageScores>& here) {
    others += count_others(stored, here);
    compared += here.size();
  };
  reread(open.pages, storage.definition(), open.reading, checked, what,
         [&](const Trial& stored, const std::vector<PageScores>& here) {
           compare(scores_of(stored), here);
         });
  // Of the readings that are compared with later ones, the baseline's are there first.
  const auto check_stock = [&](const Corpus& pages, const Confirmations& known) {
    const auto baseline = known.find(trials.front().number);
    if (baseline == known.end()) return;
    reread(pages, storage.definition(), with_reference(open.reading), {&trials.front()}, what,
           [&](const Trial&, const std::vector<PageScores>& here) {
             compare(baseline->second, here);
           });
  };
  check_stock(open.pages, storage.confirmations());
  check_stock(open.held_out, storage.validations());
  if (interrupted_) return;
  const std::string both =
      fmt::format("was made by {}; here is {}", storage.definition().program, program_text());
  if (others > 0) {
    refuse_differences(options_.study,
                       {fmt::format("it {}, which reads {} of {} pages compared otherwise", both,
                                    others, compared)});
  }
  const std::size_t next = trials.size() + storage.pruned().size();
  storage.continue_with(program_text(), next);
  events_.say(
      fmt::format("{}: {}, which read {} pages with the same results and goes on from "
                  "trial {}",
                  shown(options_.study), both, compared, next));
}

void StudyRun::note_interruption() {
  interrupted_ = events_.stopped();
  if (interrupted_)
    events_.warn("interrupted; everything finished is kept, the same command goes on");
}

void StudyRun::confirm(const OpenStudy& open) {
  Storage& storage = *open.storage;
  const std::vector<Trial> trials = storage.trials();
  const std::vector<const Trial*> missing =
      to_be_confirmed(storage.definition(), trials, storage.confirmations(), storage.validations());
  reread(open.pages, storage.definition(), with_reference(open.reading), missing,
         fmt::format("confirming with {}", reference_engine().title),
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
  reread(open.held_out, open.storage->definition(), with_reference(open.reading), missing,
         "validating on the pages held out",
         [&](const Trial& trial, const std::vector<PageScores>& scores) {
           open.storage->validate(trial.number, scores);
         });
}

void StudyRun::reread(const Corpus& pages, const StudyDefinition& definition,
                      const ReadingOptions& options, const std::vector<const Trial*>& trials,
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
            events_.progress({fmt::format("{}: {}/{} pages", what, tasks, all), tasks, all});
          },
  };
  Evaluator(pages, options, plan_, devices_.opened(events_, pages, searched, plan_))
      .run(events, *events_.stop);
  note_interruption();
}

}  // namespace ocrtune::workflow
