#include "ocrtune/workflow/study_options.h"

#include <fmt/format.h>

#include "ocrtune/study/definition.h"

namespace ocrtune::workflow {

Options options_of(StudyOptions& options, const StudyDefaults& usual, std::size_t most_objectives) {
  Options rows = options_of(options.pages);
  append(rows, {{.name = "study",
                 .field = &options.study,
                 .group = "Study",
                 .help = "File the study is kept in; an existing one is gone on with",
                 .command_only = true},
                {.name = "seed",
                 .field = &options.seed,
                 .group = "Study",
                 .help = "Seed of all that is random",
                 .usual = fmt::format("{}", StudyDefinition{}.seed),
                 .range = NumberRange{0, 0x7fffffffffffffff}},
                {.name = "objective",
                 .field = &options.objectives,
                 .group = "Study",
                 .help = fmt::format("What is tuned{}; cer, wer and bow need pages with truth",
                                     most_objectives > 1 ? ", the first one before all" : ""),
                 .usual = std::string(score_name(usual.objective)),
                 .choices = score_names(),
                 .most_values = most_objectives,
                 .joined = true}});
  append(rows, options_of(options.pipeline, usual.pipeline, true));
  append(rows, options_of(options.ocr));
  append(rows, options_of(options.work));
  append(rows, options_of(options.devices));
  return rows;
}

Option constraint_option(StudyOptions& options) {
  return {.name = "constraint",
          .field = &options.constraints,
          .group = "Search",
          .help =
              "What is recommended must keep: words>=0.9x (times the baseline's), cer<=12.5, "
              "loss(cer)<=2 (on no page more than 2 points worse)"};
}

}  // namespace ocrtune::workflow
