#include "ocrtune/cli/study_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <opencv2/core/version.hpp>
#include <set>

#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/version.h"
#include "ocrtune/cli/help.h"
#include "ocrtune/cli/progress.h"
#include "ocrtune/cli/reader_choice.h"
#include "ocrtune/cli/references.h"
#include "ocrtune/evaluator/evaluator.h"
#include "ocrtune/ocr/languages.h"
#include "ocrtune/ocr/reader.h"
#include "ocrtune/ocr/tesseract_recognizer.h"
#include "ocrtune/pipeline/pipeline_file.h"
#include "ocrtune/pipeline/presets.h"
#include "ocrtune/report/summary.h"
#include "ocrtune/samplers/pruner_registry.h"
#include "ocrtune/samplers/registry.h"
#include "ocrtune/study/corpus_split.h"

namespace ocrtune::cli {
namespace {

std::string models_of(const Corpus& corpus, const std::string& tessdata) {
  std::set<std::string> languages;
  for (const Page& page : corpus.pages()) {
    for (const std::string& language : split(page.lang, '+')) languages.insert(language);
  }
  return language_identity(joined({languages.begin(), languages.end()}, "+"),
                           tessdata_folder(tessdata));
}

void refuse_differences(const std::string& study, const std::vector<std::string>& found) {
  if (found.empty()) return;
  throw Error(
      ExitStatus::study_error,
      fmt::format("{}: can't go on with this study: {}; give another --study to begin a new one",
                  shown(study), joined(found, "; ")));
}

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

/// Whether the last trial is of an earlier format's program, which valued readings otherwise where
/// they left most of a page unread.
bool lacks_coverage(const Storage& storage) {
  const std::vector<Trial> trials = storage.trials();
  return !trials.empty() && std::ranges::none_of(trials.back().pages, [](const PageResult& page) {
    return page.scores.coverage.has_value();
  });
}

ReadingOptions with_stock_tesseract(ReadingOptions options) {
  options.reader = Reader::tesseract;
  options.readers.clear();
  return options;
}

/// Throws Error(wrong_use) where the definition's objectives or constraints need what no page has.
void refuse_missing_truth(const StudyDefinition& definition) {
  if (has_truth(definition)) return;
  for (const Objective stated : objectives_of(definition)) {
    if (!needs_truth(stated)) continue;
    throw Error(ExitStatus::wrong_use,
                fmt::format("--objective {}: no page has a truth (NAME.gt.txt beside it, or a "
                            "manifest's column)",
                            objective_name(stated)));
  }
  for (const Constraint& constraint : definition.search.constraints) {
    if (!needs_truth(constraint.score)) continue;
    throw Error(ExitStatus::wrong_use,
                fmt::format("--constraint {}: no page has a truth", constraint_text(constraint)));
  }
}

/// Those that the study compares with already, where it is begun, so that its trials stay
/// comparable. `compares`: a new one has some even where no objective asks for them.
References references_for(const Storage& storage, bool compares) {
  const StudyDefinition& definition = storage.definition();
  const References asked = references_of(definition);
  if (asked == References::all) return asked;
  if (std::ranges::any_of(definition.pages, &std::string::empty, &PageRecord::truth)) {
    const std::vector<Trial> trials = storage.trials();
    if (!trials.empty())
      return trials.front().means().agreement ? References::without_truth : References::none;
  }
  return compares && !has_truth(definition) ? References::without_truth : asked;
}

}  // namespace

std::string program_text() {
  return fmt::format("ocrtune {}, Tesseract {}, OpenCV {}", program_version(), tesseract_version(),
                     CV_VERSION);
}

std::unique_ptr<Sampler> sampler_of(const StudyDefinition& definition) {
  return make_sampler(definition.search.sampler, {.space = space_of(definition),
                                                  .seed = definition.seed,
                                                  .objectives = objectives_of(definition).size(),
                                                  .in_flight = definition.search.in_flight});
}

void StudyRun::refuse_design(const StudyDefinition* existing) const {
  if (existing == nullptr || existing->search.sampler != kDesign) return;
  throw Error(ExitStatus::wrong_use,
              fmt::format("{0}: was begun by `ocrtune screen`, which goes on with it; give another "
                          "--study, and --enqueue {0} to begin with its best points",
                          shown(study)));
}

void StudyRun::add_to(CLI::App& command, bool several) {
  corpus.add_to(command);
  command
      .add_option("--study", study, "File the study is kept in; an existing one is gone on with")
      ->capture_default_str()
      ->group("Study");
  command.add_option("--seed", seed, "Seed of all that is random [1]")
      ->check(between(std::uint64_t{0}, std::uint64_t{0x7fffffffffffffff}))
      ->group("Study");
  command
      .add_option(
          "--objective", objectives,
          fmt::format("What is tuned{}; cer, wer and bow need pages with truth [{}]",
                      several ? ", the first one before all" : "", objective_name(objective)))
      ->delimiter(',')
      ->expected(1, several ? 8 : 1)
      ->check(CLI::IsMember(objective_names()))
      ->group("Study");
  pipeline.add_to(command, preset, true);
  reading.add_to(command);
  work.add_to(command);
  device.add_to(command);
}

void StudyRun::add_constraints(CLI::App& command) {
  command
      .add_option("--constraint", constraints,
                  "What is recommended must keep: words>=0.9x (times the baseline's), cer<=12.5, "
                  "loss(cer)<=2 (on no page more than 2 points worse)")
      ->group("Search");
}

void StudyRun::state_constraints(SearchSettings& settings) const {
  if (!constraints.empty()) settings.constraints.clear();
  for (const std::string& text : constraints)
    settings.constraints.push_back(parse_constraint(text));
}

std::unique_ptr<Storage> StudyRun::existing_study() const {
  return study_exists(study) ? open_study(study) : nullptr;
}

Pipeline StudyRun::searched_pipeline(const Storage* existing) const {
  // What the command doesn't state is as the study has it.
  const bool stated = pipeline.pipeline || !pipeline.set.empty() || !pipeline.free.empty();
  Pipeline result =
      existing != nullptr && !stated ? pipeline_of(existing->definition()) : pipeline.load(preset);
  if (result.space().size() == 0) {
    throw Error(ExitStatus::wrong_use,
                "the pipeline has no free parameter to search; free one with --free NAME");
  }
  return result;
}

StudyDefinition StudyRun::definition_for(const Corpus& pages, const Corpus& held_out,
                                         const Pipeline& searched, const StudyShape& shape,
                                         const Storage* existing) const {
  const StudyDefinition* stored = existing != nullptr ? &existing->definition() : nullptr;
  const StudyDefinition stated =
      stored != nullptr ? *stored : StudyDefinition{.objective = objective};
  StudyDefinition definition{
      .pipeline = pipeline_text(searched),
      .seed = seed.value_or(stated.seed),
      .objective = stated.objective,
      .psm = reading.psm.value_or(stated.psm),
      .oem = reading.oem.value_or(stated.oem),
      .ocr_max_width = reading.max_width.value_or(stated.ocr_max_width),
      .lang = corpus.lang.value_or(stated.lang),
      .models = models_of(pages, reading.tessdata),
      .reader = stated_reader(existing),
      .search = shape.search(stored, searched, pages.pages().size()),
      .pages = page_records(pages),
      .held_out = page_records(held_out),
      .program = program_text(),
  };
  state_objectives(definition);
  return definition;
}

void StudyRun::state_objectives(StudyDefinition& definition) const {
  if (!objectives.empty()) {
    definition.objective = objective_named(objectives.front());
    definition.search.more_objectives.clear();
    for (std::size_t i = 1; i < objectives.size(); ++i)
      definition.search.more_objectives.push_back(objective_named(objectives[i]));
  }
  std::set<Objective> seen;
  for (const Objective stated : objectives_of(definition)) {
    if (seen.insert(stated).second) continue;
    throw Error(ExitStatus::wrong_use,
                fmt::format("--objective {}: given twice", objective_name(stated)));
  }
  refuse_missing_truth(definition);
}

/// The reader as the command or else the study states it; empty where `auto` still has to choose.
std::string StudyRun::stated_reader(const Storage* existing) const {
  if (existing != nullptr && !reading.states_reader()) return existing->definition().reader;
  const Reader asked = reading.options().reader;
  return asked == Reader::automatic ? "" : std::string(reader_name(asked));
}

Readers StudyRun::readers_for(Context& context, const Corpus& pages, const ReadingOptions& options,
                              const Storage* existing) const {
  if (existing == nullptr || reading.states_reader())
    return settled_readers(context, pages, options);
  return recorded_readers(study, existing->definition().reader, pages, options);
}

ReadingOptions StudyRun::options_for(const StudyDefinition& definition) const {
  ReadingOptions options = reading.options();
  options.psm = definition.psm;
  options.oem = definition.oem;
  if (definition.ocr_max_width > 0) options.max_width = definition.ocr_max_width;
  return options;
}

OpenStudy StudyRun::open(Context& context, const StudyShape& shape) {
  auto storage = existing_study();
  // What can be wrong with the pipeline is said before pages are decoded.
  const Pipeline searched = searched_pipeline(storage.get());
  (void)work.plan();
  context.talk.progress("reading the pages");
  const Corpus all = corpus.load(context, work.plan(), reading.tessdata, searched.wants_colour(),
                                 storage != nullptr ? storage->definition().lang : "eng");
  const CorpusSplit split =
      storage != nullptr ? split_as(storage->definition(), all)
                         : split_at_random(all, shape.held_out(all.pages().size()),
                                           shape.most_pages, seed.value_or(StudyDefinition{}.seed));
  OpenStudy open{.storage = nullptr,
                 .pages = all.selected(split.tuned),
                 .held_out = all.selected(split.held_out),
                 .reading = {}};
  StudyDefinition definition =
      definition_for(open.pages, open.held_out, searched, shape, storage.get());
  if (storage != nullptr) refuse_differences(study, differences(storage->definition(), definition));
  shape.check(definition);
  open.reading = options_for(definition);
  open.reading.readers = readers_for(context, all, open.reading, storage.get());
  open.reading.device = device.opened_for_reading(context, open.reading);
  if (storage == nullptr) {
    definition.reader = readers_text(open.reading.readers);
    storage = create_study(study, definition);
  } else {
    const StudyDefinition& stored = storage->definition();
    open.pages = open.pages.selected(matching_order(stored.pages, definition.pages));
    open.held_out = open.held_out.selected(matching_order(stored.held_out, definition.held_out));
    storage->locate(page_records(open.pages), page_records(open.held_out));
  }
  open.storage = std::move(storage);
  const References wanted = references_for(*open.storage, shape.compares_readings);
  for (Corpus* pages : {&open.pages, &open.held_out})
    *pages = with_references(context, *pages, open.reading, work.plan(), wanted);
  if (last_program(open.storage->definition().program) != definition.program ||
      lacks_coverage(*open.storage))
    check_results(context, open);
  return open;
}

void StudyRun::check_results(Context& context, const OpenStudy& open) {
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
  reread(context, open.pages, storage.definition(), open.reading, checked, what,
         [&](const Trial& stored, const std::vector<PageScores>& here) {
           compare(scores_of(stored), here);
         });
  // Of the readings that are compared with later ones, the baseline's are there first.
  const auto check_stock = [&](const Corpus& pages, const Confirmations& known) {
    const auto baseline = known.find(trials.front().number);
    if (baseline == known.end()) return;
    reread(context, pages, storage.definition(), with_stock_tesseract(open.reading),
           {&trials.front()}, what, [&](const Trial&, const std::vector<PageScores>& here) {
             compare(baseline->second, here);
           });
  };
  check_stock(open.pages, storage.confirmations());
  check_stock(open.held_out, storage.validations());
  if (interrupted) return;
  const std::string both =
      fmt::format("was made by {}; here is {}", storage.definition().program, program_text());
  if (others > 0) {
    refuse_differences(study, {fmt::format("it {}, which reads {} of {} pages compared otherwise",
                                           both, others, compared)});
  }
  const std::size_t next = trials.size() + storage.pruned().size();
  storage.continue_with(program_text(), next);
  context.talk.say(
      fmt::format("{}: {}, which read {} pages with the same results and goes on from "
                  "trial {}",
                  shown(study), both, compared, next));
}

void StudyRun::note_interruption(Context& context) {
  interrupted = context.stop.load();
  if (interrupted)
    context.talk.complain("interrupted; everything finished is kept, the same command goes on");
}

void StudyRun::confirm(Context& context, const OpenStudy& open) {
  Storage& storage = *open.storage;
  const std::vector<Trial> trials = storage.trials();
  const std::vector<const Trial*> missing =
      to_be_confirmed(storage.definition(), trials, storage.confirmations(), storage.validations());
  reread(context, open.pages, storage.definition(), with_stock_tesseract(open.reading), missing,
         "confirming with stock Tesseract",
         [&](const Trial& trial, const std::vector<PageScores>& scores) {
           storage.confirm(trial.number, scores);
         });
}

void StudyRun::validate(Context& context, const OpenStudy& open,
                        const std::vector<const Trial*>& trials) {
  const Confirmations known = open.storage->validations();
  std::vector<const Trial*> missing;
  for (const Trial* trial : trials) {
    if (!known.contains(trial->number)) missing.push_back(trial);
  }
  reread(context, open.held_out, open.storage->definition(), with_stock_tesseract(open.reading),
         missing, "validating on the pages held out",
         [&](const Trial& trial, const std::vector<PageScores>& scores) {
           open.storage->validate(trial.number, scores);
         });
}

void StudyRun::reread(
    Context& context, const Corpus& pages, const StudyDefinition& definition,
    const ReadingOptions& options, const std::vector<const Trial*>& trials, const std::string& what,
    const std::function<void(const Trial&, const std::vector<PageScores>&)>& take) {
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
            context.talk.progress(
                fmt::format("{}: {}/{} pages", what, tasks, trials.size() * pages.pages().size()));
          },
  };
  Evaluator(pages, options, work.plan(), device.opened(context, pages, searched, work.plan()))
      .run(events, context.stop);
  note_interruption(context);
}

SearchEnd StudyRun::search(Context& context, const OpenStudy& open,
                           std::unique_ptr<Sampler> sampler, const SearchLimits& limits) {
  const StudyDefinition& definition = open.storage->definition();
  Progress progress(context.talk, definition, limits);
  Evaluator evaluator(open.pages, open.reading, work.plan(),
                      device.opened(context, open.pages, pipeline_of(definition), work.plan()));
  std::unique_ptr<Pruner> pruner;
  if (definition.search.pruner != kNoPruner) {
    pruner = pruner_named(definition.search.pruner)
                 .make({.pages = judged_pages(definition).size(), .seed = definition.seed});
  }
  Search search(*open.storage, std::move(sampler), std::move(pruner));
  const std::size_t done = open.storage->trials().size() + open.storage->pruned().size();
  context.talk.say(fmt::format("{} pages, {}{}, {} workers, study {}", open.pages.pages().size(),
                               wanted_text(limits),
                               done > 1 ? fmt::format(" ({} done already)", done - 1) : "",
                               work.plan().workers, shown(study)));
  const SearchEnd end = search.run(
      evaluator, limits,
      {.trial = [&](const Trial& trial, bool earlier) { progress.add(trial, earlier); },
       .pruned = [&](const PrunedTrial& trial, bool earlier) { progress.add(trial, earlier); },
       .tick = [&](std::size_t tasks) { progress.show(tasks); }},
      context.stop);
  context.talk.say(work_text(evaluator.cache_use()));
  device.tell(context);
  note_interruption(context);
  return end;
}

}  // namespace ocrtune::cli
