#include "ocrtune/study_run/study_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <opencv2/core/version.hpp>
#include <set>
#include <utility>

#include "ocrtune/analysis/summary.h"
#include "ocrtune/base/address.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/base/version.h"
#include "ocrtune/ocr/engines/engine_choice.h"
#include "ocrtune/ocr/languages.h"
#include "ocrtune/ocr/tesseract_recognizer.h"
#include "ocrtune/options/engines_in_use.h"
#include "ocrtune/pipeline/pipeline_file.h"
#include "ocrtune/pipeline/presets.h"
#include "ocrtune/search/evaluator.h"
#include "ocrtune/search/samplers/pruner_registry.h"
#include "ocrtune/search/samplers/registry.h"
#include "ocrtune/storage/postgresql_place.h"
#include "ocrtune/study_run/driven_study.h"
#include "ocrtune/study_run/references.h"
#include "ocrtune/study_run/search_progress.h"

namespace ocrtune::workflow {
namespace {

/// The models of the languages, and those of engines that have their own.
std::string models_of(const Corpus& corpus, const std::string& tessdata, const std::string& engine,
                      const std::string& reference_engine) {
  std::set<std::string> languages;
  for (const Page& page : corpus.pages()) {
    for (const std::string& language : split(page.lang, '+')) languages.insert(language);
  }
  const std::string models = language_identity(joined({languages.begin(), languages.end()}, "+"),
                                               tessdata_folder(tessdata));
  std::set<std::string> engines;
  if (!engine.empty()) engines = names_of(engines_of(engine, languages_of(corpus)));
  if (!reference_engine.empty()) engines.insert(reference_engine);
  const std::string identities = engine_identities(engines);
  return identities.empty() ? models : fmt::format("{}; {}", models, identities);
}

/// Name and value of an option that needs ground truth: an objective or a constraint.
std::optional<OptionValue> option_of_truth(const StudyOptions& options) {
  for (const std::string& name : options.objectives) {
    if (needs_truth(score_named(name))) return OptionValue{"objective", name};
  }
  for (const std::string& text : options.constraints) {
    if (needs_truth(parse_constraint(text).score)) return OptionValue{"constraint", text};
  }
  return std::nullopt;
}

/// Throws Error(invalid_argument) if an objective or constraint needs ground truth and no page has
/// any.
void refuse_missing_truth(const StudyDefinition& definition) {
  if (has_truth(definition)) return;
  for (const Score stated : objectives_of(definition)) {
    if (needs_truth(stated)) refuse_without_truth({"objective", std::string(score_name(stated))});
  }
  for (const Constraint& constraint : definition.search.constraints) {
    if (needs_truth(constraint.score))
      refuse_without_truth({"constraint", constraint_text(constraint)});
  }
}

/// The references that the study has used since its creation, so that its trials stay comparable.
/// `compares`: a new study has references even if no objective needs them.
References references_for(const Storage& storage, bool compares) {
  const StudyDefinition& definition = storage.definition();
  const References asked = references_of(definition);
  if (asked == References::all) return asked;
  if (std::ranges::any_of(definition.pages, &std::string::empty, &PageRecord::truth)) {
    if (const std::optional<Trial> baseline = storage.trial(0))
      return mean_score(baseline->pages, Score::agreement) ? References::without_truth
                                                           : References::none;
  }
  return compares && !has_truth(definition) ? References::without_truth : asked;
}

}  // namespace

void refuse_differences(const std::string& study, const std::vector<std::string>& found) {
  if (found.empty()) return;
  throw Error(Errc::study_error,
              tr("{}: the study cannot be resumed: {}; name another file for a new study",
                 shown_address(study), joined(found, "; ")));
}

std::string program_text() {
  return fmt::format("ocrtune {}, Tesseract {}, OpenCV {}", program_version(), tesseract_version(),
                     CV_VERSION);
}

std::unique_ptr<Sampler> sampler_of(const StudyDefinition& definition) {
  return make_sampler(definition.search.sampler, {.space = space_of(definition),
                                                  .seed = definition.seed,
                                                  .objectives = objectives_of(definition).size(),
                                                  .in_flight = definition.search.in_flight,
                                                  .starts = definition.search.starts});
}

namespace {

std::set<std::string> engines_of(const StudyOptions& options, const StudyDefaults& usual) {
  std::set<std::string> engines = usual.engines;
  if (options.reference_engine) engines.insert(*options.reference_engine);
  return engines;
}

}  // namespace

StudyRun::StudyRun(const StudyOptions& options, StudyDefaults usual, const Events& events)
    : options_(options),
      usual_(std::move(usual)),
      events_(events),
      plan_(plan_work(options.work, options.ocr, engines_of(options, usual_), usual_.models)),
      devices_(options.devices) {}

void StudyRun::refuse_design(const StudyDefinition* existing) const {
  if (existing == nullptr || existing->search.sampler != kDesign) return;
  throw Error(Errc::invalid_argument,
              tr("{0}: was created by `ocrtune screen` and can only be resumed by it; name "
                 "another file for a new study; its initial points may be the best of this one",
                 shown_address(options_.study)));
}

void StudyRun::state_constraints(SearchSettings& settings) const {
  if (!options_.constraints.empty()) settings.constraints.clear();
  for (const std::string& text : options_.constraints)
    settings.constraints.push_back(parse_constraint(text));
}

std::unique_ptr<Storage> StudyRun::existing_study() const {
  return study_exists(options_.study) ? open_study(options_.study, reconnection_for(events_))
                                      : nullptr;
}

Pipeline StudyRun::searched_pipeline(const Storage* existing) const {
  // Options that are not given are taken from the study.
  const PipelineOptions& asked = options_.pipeline;
  const bool stated = asked.pipeline || !asked.set.empty() || !asked.free.empty();
  Pipeline result = existing != nullptr && !stated ? pipeline_of(existing->definition())
                                                   : stated_pipeline(asked, usual_.pipeline);
  if (result.space().size() == 0) {
    throw OptionError(Errc::invalid_argument, "free", "",
                      tr("the pipeline has no free parameter; name one to search"));
  }
  return result;
}

StudyDefinition StudyRun::definition_for(const Corpus& pages, const Corpus& held_out,
                                         const Pipeline& searched, const StudyShape& shape,
                                         const Storage* existing) const {
  const StudyDefinition* stored = existing != nullptr ? &existing->definition() : nullptr;
  const StudyDefinition stated =
      stored != nullptr ? *stored : StudyDefinition{.objective = usual_.objective};
  StudyDefinition definition{
      .pipeline = pipeline_text(searched),
      .seed = options_.seed.value_or(stated.seed),
      .objective = stated.objective,
      .psm = options_.ocr.psm.value_or(stated.psm),
      .oem = options_.ocr.oem.value_or(stated.oem),
      .ocr_max_width = options_.ocr.max_width.value_or(stated.ocr_max_width),
      .lang = options_.pages.lang.value_or(stated.lang),
      .models = "",
      .engine = stated_engine(existing),
      .search = shape.search(stored, searched, pages.pages().size()),
      .pages = page_records(pages),
      .held_out = page_records(held_out),
      .program = stored == nullptr && !shape.program.empty() ? shape.program : program_text(),
  };
  if (options_.reference_engine) {
    definition.search.reference_engine =
        *options_.reference_engine == kNoReferenceEngine ? "" : *options_.reference_engine;
  }
  if (!definition.search.reference_engine.empty())
    require_engine(definition.search.reference_engine, languages_of(pages),
                   options_for(definition));
  definition.models = models_of(pages, options_.ocr.tessdata, definition.engine,
                                definition.search.reference_engine);
  state_objectives(definition);
  return definition;
}

void StudyRun::state_objectives(StudyDefinition& definition) const {
  const std::vector<std::string>& names = options_.objectives;
  if (!names.empty()) {
    definition.objective = score_named(names.front());
    definition.search.more_objectives.clear();
    for (std::size_t i = 1; i < names.size(); ++i)
      definition.search.more_objectives.push_back(score_named(names[i]));
  }
  std::set<Score> seen;
  for (const Score stated : objectives_of(definition)) {
    if (seen.insert(stated).second) continue;
    throw OptionError(Errc::invalid_argument, "objective", std::string(score_name(stated)),
                      tr("given twice"));
  }
  refuse_missing_truth(definition);
}

/// The engine in the options, or else in the study; empty if `auto` has not chosen yet.
std::string StudyRun::stated_engine(const Storage* existing) const {
  if (existing != nullptr && !options_.ocr.states_engine()) return existing->definition().engine;
  return options_.ocr.states_engine() ? ocr_options(options_.ocr).engine : "";
}

LanguageEngines StudyRun::engines_for(const Corpus& pages, const RecognitionOptions& options,
                                      const Storage* existing) const {
  if (existing == nullptr || options_.ocr.states_engine())
    return selected_engines(events_, languages_of(pages), options);
  return recorded_engines(options_.study, existing->definition().engine, pages, options);
}

RecognitionOptions StudyRun::options_for(const StudyDefinition& definition) const {
  RecognitionOptions options = ocr_options(options_.ocr);
  options.psm = definition.psm;
  options.oem = definition.oem;
  if (definition.ocr_max_width > 0) options.max_width = definition.ocr_max_width;
  return options;
}

/// Sorts the pages in the study's order.
void StudyRun::take_over(OpenStudy& open, std::unique_ptr<Storage> storage,
                         const StudyDefinition& definition, bool locates) {
  const StudyDefinition& stored = storage->definition();
  open.pages = open.pages.selected(matching_order(stored.pages, definition.pages));
  open.held_out = open.held_out.selected(matching_order(stored.held_out, definition.held_out));
  if (locates) storage->locate(page_records(open.pages), page_records(open.held_out));
  open.storage = std::move(storage);
}

StudyPages StudyRun::load(const StudyShape& shape, const Pipeline& searched,
                          const Storage* existing) {
  const PagesLoading loading{.options = options_.pages,
                             .events = events_,
                             .plan = plan_,
                             .tessdata = options_.ocr.tessdata,
                             .in_colour = searched.wants_colour()};
  StudyPages pages =
      existing != nullptr
          ? load_stored_pages(loading, existing->definition())
          : load_new_pages(
                loading, {.max_tuned = shape.max_pages,
                          .held_out = shape.held_out,
                          .seed = options_.seed.value_or(StudyDefinition{}.seed),
                          .of_truth = shape.of_truth ? shape.of_truth : option_of_truth(options_)});
  left_out_ = pages.left_out;
  return pages;
}

OpenStudy StudyRun::open(const StudyShape& shape) {
  auto lock = shape.joins ? nullptr : lock_study(options_.study);
  auto storage =
      shape.joins ? open_study(options_.study, reconnection_for(events_)) : existing_study();
  // Errors of the pipeline are reported before pages are decoded.
  const Pipeline searched = searched_pipeline(storage.get());
  const StudyPages loaded = load(shape, searched, storage.get());
  OpenStudy open{.lock = std::move(lock),
                 .storage = nullptr,
                 .pages = loaded.all.selected(loaded.split.tuned),
                 .held_out = loaded.all.selected(loaded.split.held_out),
                 .recognition = {}};
  shape.check_pages(open.pages, open.held_out);
  StudyDefinition definition =
      definition_for(open.pages, open.held_out, searched, shape, storage.get());
  definition.search.sampled = loaded.sampled;
  if (storage != nullptr)
    refuse_differences(options_.study, differences(storage->definition(), definition));
  shape.check(definition);
  open.recognition = options_for(definition);
  open.recognition.engines = engines_for(loaded.all, open.recognition, storage.get());
  check_engine_options(searched, open.recognition.engines);
  open.recognition.device = devices_.opened_for_ocr(events_, open.recognition);
  if (storage == nullptr) {
    definition.engine = engines_text(open.recognition.engines);
    storage = create_study(options_.study, definition);
    storage->set_reconnection(reconnection_for(events_));
    // It may be one that another process has created on the server meanwhile.
    refuse_differences(options_.study, differences(storage->definition(), definition));
  }
  take_over(open, std::move(storage), definition, !shape.joins);
  open.references = shape.joins.value_or(references_for(*open.storage, shape.compares_ocr_results));
  for (const PagesOfStudy which : {PagesOfStudy::tuned, PagesOfStudy::held_out}) {
    Corpus& pages = which == PagesOfStudy::tuned ? open.pages : open.held_out;
    pages = with_references(
        events_, pages, open.recognition, plan_, open.references,
        {.known = open.storage->references(which),
         .keep = [&](std::size_t page,
                     const auto& text) { open.storage->keep_reference(which, page, text); }},
        open.storage->definition().search.reference_engine);
  }
  if (!shape.joins && last_program(open.storage->definition().program) != definition.program)
    check_results(open);
  return open;
}

OpenStudy StudyRun::join(References references) {
  return open({.search =
                   [](const StudyDefinition* existing, const Pipeline&, std::size_t) {
                     return existing != nullptr ? existing->search : SearchSettings{};
                   },
               .joins = references});
}

SearchEnd StudyRun::search(const OpenStudy& open, std::unique_ptr<Sampler> sampler,
                           const SearchLimits& limits, const TrialReports& reports) {
  SearchEnd end{};
  auto devices =
      devices_.opened(events_, open.pages, pipeline_of(open.storage->definition()), plan_);
  if (is_postgresql_address(options_.study)) {
    DrivenStudy evaluator(options_.study, open, plan_, std::move(devices), events_);
    end = search_with(evaluator, open, std::move(sampler), limits, reports);
    events_.say(work_text(evaluator.cache_use()));
  } else {
    Evaluator evaluator(open.pages, open.recognition, plan_, std::move(devices));
    end = search_with(evaluator, open, std::move(sampler), limits, reports);
    events_.say(work_text(evaluator.cache_use()));
  }
  devices_.tell(events_);
  note_interruption();
  return end;
}

SearchEnd StudyRun::search_with(TrialEvaluator& evaluator, const OpenStudy& open,
                                std::unique_ptr<Sampler> sampler, const SearchLimits& limits,
                                const TrialReports& reports) {
  const StudyDefinition& definition = open.storage->definition();
  SearchProgress progress(events_, definition, limits, reports.every);
  std::unique_ptr<Pruner> pruner;
  if (definition.search.pruner != kNoPruner) {
    pruner = pruner_named(definition.search.pruner)
                 .make({.pages = pages_with_objective(definition).size(), .seed = definition.seed});
  }
  Search search(*open.storage, std::move(sampler), std::move(pruner));
  const TrialCounts counts = open.storage->counts();
  const std::size_t done = counts.finished + counts.pruned;
  events_.say(tr("{} pages, {}{}, {} workers, study {}", open.pages.pages().size(),
                 wanted_text(limits), done > 1 ? tr(" ({} done already)", done - 1) : "",
                 plan_.workers, shown_address(options_.study)));
  return search.run(
      evaluator, limits,
      {.trial =
           [&](const Trial& trial, bool earlier) {
             progress.add(trial, earlier);
             if (reports.finished && !earlier) reports.finished(definition, trial);
           },
       .pruned = [&](const PrunedTrial& trial, bool earlier) { progress.add(trial, earlier); },
       .tick = [&](std::size_t tasks) { progress.show(tasks); }},
      *events_.stop);
}

}  // namespace ocrtune::workflow
