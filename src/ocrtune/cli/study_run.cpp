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
#include "ocrtune/evaluator/evaluator.h"
#include "ocrtune/ocr/languages.h"
#include "ocrtune/ocr/reader.h"
#include "ocrtune/ocr/tesseract_recognizer.h"
#include "ocrtune/pipeline/pipeline_file.h"
#include "ocrtune/pipeline/presets.h"
#include "ocrtune/report/summary.h"
#include "ocrtune/samplers/sobol.h"

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

}  // namespace

std::string program_text() {
  return fmt::format("ocrtune {}, Tesseract {}, OpenCV {}", program_version(), tesseract_version(),
                     CV_VERSION);
}

void StudyRun::add_to(CLI::App& command) {
  corpus.add_to(command);
  command
      .add_option("--study", study, "File the study is kept in; an existing one is gone on with")
      ->capture_default_str()
      ->group("Study");
  command
      .add_option("--exponent", exponent, "2^N points are evaluated in all, earlier ones included")
      ->capture_default_str()
      ->check(between(0, 20))
      ->group("Study");
  command.add_option("--seed", seed, "Seed of the design [1]")
      ->check(between(std::uint64_t{0}, std::uint64_t{0x7fffffffffffffff}))
      ->group("Study");
  command
      .add_option("--objective", objective,
                  "What is tuned; cer and wer need pages with truth [confidence]")
      ->check(CLI::IsMember(objective_names()))
      ->group("Study");
  pipeline.add_to(command, "standard", true);
  reading.add_to(command);
  work.add_to(command);
}

std::unique_ptr<Storage> StudyRun::existing_study() const {
  return study_exists(study) ? open_study(study) : nullptr;
}

Pipeline StudyRun::searched_pipeline(const Storage* existing) const {
  // What the command doesn't state is as the study has it.
  const bool stated = pipeline.pipeline || !pipeline.set.empty() || !pipeline.free.empty();
  Pipeline result = existing != nullptr && !stated
                        ? parse_pipeline(existing->definition().pipeline, shown(study))
                        : pipeline.load("standard");
  if (result.space().size() == 0) {
    throw Error(ExitStatus::wrong_use,
                "the pipeline has no free parameter to search; free one with --free NAME");
  }
  return result;
}

StudyDefinition StudyRun::definition_for(const Corpus& pages, const Pipeline& searched,
                                         const Storage* existing) const {
  const StudyDefinition stated = existing != nullptr ? existing->definition() : StudyDefinition{};
  StudyDefinition definition{
      .pipeline = pipeline_text(searched),
      .seed = seed.value_or(stated.seed),
      .objective = objective ? objective_named(*objective) : stated.objective,
      .psm = reading.psm.value_or(stated.psm),
      .oem = reading.oem.value_or(stated.oem),
      .ocr_max_width = reading.max_width.value_or(stated.ocr_max_width),
      .lang = corpus.lang.value_or(stated.lang),
      .models = models_of(pages, reading.tessdata),
      .reader = stated_reader(existing),
      .pages = page_records(pages),
      .program = program_text(),
  };
  if (needs_truth(definition.objective) && !has_truth(definition)) {
    throw Error(ExitStatus::wrong_use,
                fmt::format("--objective {}: no page has a truth (NAME.gt.txt beside it, or a "
                            "manifest's column)",
                            objective_name(definition.objective)));
  }
  return definition;
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

std::unique_ptr<Storage> StudyRun::run(Context& context) {
  auto storage = existing_study();
  // What can be wrong with the pipeline is said before pages are decoded.
  const Pipeline searched = searched_pipeline(storage.get());
  (void)work.plan();
  context.talk.progress("reading the pages");
  Corpus pages = corpus.load(context, work.plan(), reading.tessdata,
                             storage != nullptr ? storage->definition().lang : "eng");
  StudyDefinition definition = definition_for(pages, searched, storage.get());
  if (storage != nullptr) refuse_differences(study, differences(storage->definition(), definition));
  ReadingOptions options = options_for(definition);
  options.readers = readers_for(context, pages, options, storage.get());
  if (storage == nullptr) {
    definition.reader = readers_text(options.readers);
    storage = create_study(study, definition);
  } else {
    const StudyDefinition& stored = storage->definition();
    if (stored.program != definition.program) {
      context.talk.complain(
          fmt::format("{}: was begun with {}; here is {}, whose results may differ", shown(study),
                      stored.program, definition.program));
    }
    pages = pages.reordered(matching_order(stored.pages, definition.pages));
  }
  evaluate(context, pages, options, *storage);
  if (!interrupted) confirm(context, pages, options, *storage);
  return storage;
}

void StudyRun::note_interruption(Context& context) {
  interrupted = context.stop.load();
  if (interrupted)
    context.talk.complain("interrupted; everything finished is kept, the same command goes on");
}

void StudyRun::confirm(Context& context, const Corpus& pages, ReadingOptions options,
                       Storage& storage) {
  const StudyDefinition& definition = storage.definition();
  const std::vector<Trial> missing =
      to_be_confirmed(definition, storage.trials(), storage.confirmations());
  if (missing.empty()) return;
  const Pipeline searched = parse_pipeline(definition.pipeline, shown(study));
  options.reader = Reader::tesseract;
  options.readers.clear();
  std::size_t number = 0;
  const EvaluatorEvents events{
      .next = [&]() -> NextTrial {
        if (number == missing.size()) return NoMore{};
        const Trial& trial = missing[number++];
        return TrialRequest{
            .number = trial.number,
            .point = trial.point,
            .pipeline = trial.number == 0 ? raw_pipeline() : searched.at(trial.point)};
      },
      .done =
          [&](const Trial& trial) {
            std::vector<PageScores> scores;
            for (const PageResult& page : trial.pages) scores.push_back(page.scores);
            storage.confirm(trial.number, scores);
          },
      .tick =
          [&](std::size_t tasks) {
            context.talk.progress(fmt::format("confirming with stock Tesseract: {}/{} pages", tasks,
                                              missing.size() * pages.pages().size()));
          },
  };
  Evaluator(pages, options, work.plan()).run(events, context.stop);
  note_interruption(context);
}

void StudyRun::evaluate(Context& context, const Corpus& pages, const ReadingOptions& options,
                        Storage& storage) {
  const StudyDefinition& definition = storage.definition();
  const Pipeline searched = parse_pipeline(definition.pipeline, shown(study));
  const auto sampler = sobol_design(searched.space(), exponent, definition.seed);
  const std::size_t wanted = std::size_t{1} << static_cast<unsigned>(exponent);
  std::set<std::size_t> finished;
  Progress progress(context.talk, definition, wanted);
  for (const Trial& trial : storage.trials()) {
    finished.insert(trial.number);
    progress.add(trial, true);
  }
  context.talk.say(
      fmt::format("{} pages, {} points{}, {} workers, study {}", pages.pages().size(), wanted,
                  finished.size() > 1 ? fmt::format(" ({} done already)", finished.size() - 1) : "",
                  work.plan().workers, shown(study)));
  std::size_t number = 0;
  const EvaluatorEvents events{
      .next = [&]() -> NextTrial {
        while (finished.contains(number)) ++number;
        if (number == 0)
          return TrialRequest{.number = number++, .point = {}, .pipeline = raw_pipeline()};
        std::optional<Point> point = sampler->ask(number);
        if (!point) return NoMore{};
        return TrialRequest{.number = number++, .point = *point, .pipeline = searched.at(*point)};
      },
      .done =
          [&](const Trial& trial) {
            storage.append(trial);
            progress.add(trial, false);
          },
      .tick = [&](std::size_t tasks) { progress.show(tasks); },
  };
  Evaluator evaluator(pages, options, work.plan());
  evaluator.run(events, context.stop);
  context.talk.say(work_text(evaluator.cache_use()));
  note_interruption(context);
}

}  // namespace ocrtune::cli
