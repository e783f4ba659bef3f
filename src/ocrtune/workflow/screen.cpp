#include "ocrtune/workflow/screen.h"

#include "ocrtune/search/samplers/sobol.h"
#include "ocrtune/study_run/study_run.h"

namespace ocrtune::workflow {

Options options_of(ScreenOptions& options) {
  Options rows = options_of(options.study, {}, kMaxObjectives);
  rows.push_back({.name = "exponent",
                  .field = &options.exponent,
                  .group = "Study",
                  .help = "Evaluate 2^N points in total, including earlier ones",
                  .label = "Points: 2 to the power of",
                  .range = NumberRange{0, 20}});
  rows.push_back(log_every_option(options.reports));
  return rows;
}

StudyResult screen(const ScreenOptions& options, const Events& events) {
  check_fields(options);
  StudyRun run(options.study, {}, events);
  const OpenStudy open =
      run.open({.search = [](const StudyDefinition* existing, const Pipeline&, std::size_t) {
        SearchSettings settings = existing != nullptr ? existing->search : SearchSettings{};
        settings.sampler = kDesign;
        return settings;
      }});
  open.storage->plan(options.points());
  const StudyDefinition& definition = open.storage->definition();
  StudyResult result{
      .end = run.search(open, sobol_design(space_of(definition), options.exponent, definition.seed),
                        {.trials = options.points()}, options.reports)};
  result.left_out = run.left_out();
  if (run.interrupted()) return result;
  const StudyTrials trials = study_trials(*open.storage);
  run.confirm(open, trials.scores);
  if (run.interrupted()) return result;
  result.summary = summarize_study(*open.storage, trials);
  return result;
}

}  // namespace ocrtune::workflow
