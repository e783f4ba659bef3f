#include "ocrtune/workflow/import_study.h"

#include <fmt/format.h>

#include <filesystem>
#include <utility>

#include "ocrtune/audit/study.h"
#include "ocrtune/audit/times.h"
#include "ocrtune/base/address.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/base/version.h"
#include "ocrtune/pipeline/pipeline_file.h"
#include "ocrtune/storage/postgresql_place.h"
#include "ocrtune/study_run/imported_trials.h"
#include "ocrtune/study_run/study_run.h"

namespace ocrtune::workflow {
namespace {

std::string importing_program() {
  return kImportedFrom + fmt::format("ocrtune {}", program_version());
}

StudyOptions study_options(const ImportOptions& options, const AuditStudyTrials& run) {
  StudyOptions study;
  study.pages.inputs = options.scans;
  study.pages.lang = options.lang;
  study.study = options.study;
  study.objectives = {options.by};
  study.pipeline.pipeline = run.preset;
  for (const StageUse& use : run.pipeline.stages()) {
    for (const Setting& setting : use.settings) {
      const auto text = [&](double value) { return value_text(*setting.parameter, value); };
      if (setting.free) {
        study.pipeline.free.push_back(setting.name + "=" + text(setting.free->low) + ":" +
                                      text(setting.free->high));
      } else {
        study.pipeline.set.push_back(setting.name + "=" + text(setting.value));
      }
    }
  }
  return study;
}

void require_images(const AuditStudyTrials& run, std::size_t pages) {
  if (!run.states_images || run.images == pages) return;
  throw OptionError(
      Errc::invalid_argument, "scans", "",
      tr("has {}; the run evaluated {}", counted(pages, "page"), counted(run.images, "page")));
}

/// With the pages that the run evaluated: it can be resumed.
std::unique_ptr<Storage> study_of_pages(const ImportOptions& options, AuditStudyTrials& run,
                                        const AuditStudyOptions& of_run, const Events& events) {
  const StudyOptions stated = study_options(options, run);
  StudyRun work(stated, {}, events);
  OpenStudy open = work.open(
      {.search = [&](const StudyDefinition*, const Pipeline&, std::size_t) { return run.search; },
       .check_pages = [&](const Corpus& pages,
                          const Corpus&) { require_images(run, pages.pages().size()); },
       .program = importing_program()});
  if (!run.states_images) {
    AuditStudyOptions again = of_run;
    again.images = open.pages.pages().size();
    run = read_audit_study(options.results, again);
  }
  // `events` ends before the study.
  open.storage->set_reconnection({});
  return std::move(open.storage);
}

/// Without them: the study can be shown, and its points are initial points of others.
std::unique_ptr<Storage> study_of_names(const ImportOptions& options, const AuditStudyTrials& run) {
  StudyDefinition definition{.pipeline = pipeline_text(run.pipeline),
                             .objective = score_named(options.by),
                             .models = "",
                             .search = run.search,
                             .pages = {},
                             .held_out = {},
                             .program = importing_program()};
  for (std::size_t image = 0; image < run.images; ++image)
    definition.pages.push_back({.name = audit_image_name(image),
                                .pixels = {},
                                .truth = {},
                                .lang = definition.lang,
                                .labels = {}});
  return create_study(options.study, definition);
}

void append_trials(Storage& study, const std::vector<Trial>& trials, const Events& events) {
  for (std::size_t i = 0; i < trials.size(); ++i) {
    if (events.stopped()) throw Error(Errc::interrupted, tr("interrupted; nothing was imported"));
    study.append(trials[i]);
    events.progress({tr("{}/{} points", i, trials.size() - 1), i, trials.size() - 1});
  }
}

/// A part of a study would be taken for all of it.
void remove_study(const std::string& study) {
  std::error_code ignored;
  if (!is_postgresql_address(study)) std::filesystem::remove(study, ignored);
}

}  // namespace

Imported import_study(const ImportOptions& options, const Events& events) {
  if (study_exists(options.study))
    throw Error(Errc::study_error, tr("{}: exists already; name another study for the import",
                                      shown_address(options.study)));
  const AuditStudyOptions of_run{
      .preset = options.preset, .times = options.times, .objective = score_named(options.by)};
  AuditStudyTrials run = read_audit_study(options.results, of_run);
  Imported imported{.preset = run.preset, .points = {}, .rows = run.trials.size() - 1};
  try {
    const std::unique_ptr<Storage> study = options.scans.empty()
                                               ? study_of_names(options, run)
                                               : study_of_pages(options, run, of_run, events);
    append_trials(*study, run.trials, events);
  } catch (...) {
    remove_study(options.study);
    throw;
  }
  for (const std::string& note : run.notes) events.say(note);
  imported.pages = run.images;
  for (const Trial& trial : run.trials) {
    if (trial.number > 0) imported.points.push_back(trial.point);
  }
  return imported;
}

}  // namespace ocrtune::workflow
