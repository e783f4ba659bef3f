#include "ocrtune/workflow/import_study.h"

#include <fmt/format.h>

#include <filesystem>
#include <memory>
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
#include "ocrtune/storage/study_lock.h"
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
  study.objectives = {std::string(score_name(Score::confidence))};
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
                             .objective = Score::confidence,
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

void append_trials(Storage& study, const std::vector<Trial>& trials, bool on_server,
                   const Events& events) {
  for (std::size_t i = 0; i < trials.size(); ++i) {
    if (events.stopped())
      throw Error(Errc::interrupted,
                  on_server ? tr("interrupted") : tr("interrupted; nothing was imported"));
    study.append(trials[i]);
    events.progress({tr("{}/{} points", i, trials.size() - 1), i, trials.size() - 1});
  }
}

/// True if there is anything of that name, also a link to nothing.
bool is_taken(const std::string& study) {
  if (is_postgresql_address(study)) return study_exists(study);
  std::error_code ignored;
  return std::filesystem::exists(std::filesystem::symlink_status(study, ignored));
}

/// What is on a server may be what another command has created there meanwhile.
void tell_of_part(const std::string& study, const Events& events) {
  try {
    if (!study_exists(study)) return;
  } catch (const Error&) {  // The connection is lost.
  }
  events.warn(tr("{}: a part of the import remains; `DROP SCHEMA \"{}\" CASCADE` deletes it",
                 shown_address(study), study_name(study)));
}

/// A part of a study would be taken for all of it. Nothing was there before.
void give_up(const std::string& study, const Events& events) {
  if (is_postgresql_address(study)) return tell_of_part(study, events);
  std::error_code ignored;
  if (std::filesystem::is_regular_file(std::filesystem::symlink_status(study, ignored)))
    std::filesystem::remove(study, ignored);
}

}  // namespace

Imported import_study(const ImportOptions& options, const Events& events) {
  const std::shared_ptr<const StudyLock> lock = lock_study(options.study);
  if (is_taken(options.study))
    throw Error(Errc::study_error, tr("{}: exists already; name another study for the import",
                                      shown_address(options.study)));
  const AuditStudyOptions of_run{.preset = options.preset, .times = options.times};
  AuditStudyTrials run = read_audit_study(options.results, of_run);
  Imported imported{.preset = run.preset, .points = {}, .rows = run.trials.size() - 1};
  try {
    const std::unique_ptr<Storage> study = options.scans.empty()
                                               ? study_of_names(options, run)
                                               : study_of_pages(options, run, of_run, events);
    append_trials(*study, run.trials, is_postgresql_address(options.study), events);
  } catch (...) {
    give_up(options.study, events);
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
