#include "ocrtune/options/study_options.h"

#include <fmt/format.h>

#include "ocrtune/base/translation.h"
#include "ocrtune/ocr/engines/engine_registry.h"
#include "ocrtune/search/samplers/registry.h"
#include "ocrtune/study/definition.h"

namespace ocrtune::workflow {
namespace {

/// Those that are independent of Tesseract's models.
std::vector<std::string> reference_engines() {
  std::vector<std::string> names{std::string(kNoReferenceEngine)};
  for (const OcrEngine& engine : all_engines()) {
    if (!engine.automatic) names.push_back(engine.name);
  }
  return names;
}

}  // namespace

Options options_of(StudyOptions& options, const StudyDefaults& usual, std::size_t max_objectives) {
  Options rows = options_of(options.pages);
  append(
      rows,
      {{.name = "study",
        .field = &options.study,
        .group = "Study",
        .help =
            "Study: a SQLite file or postgresql://USER@HOST/DATABASE/STUDY; resumed if it exists",
        .completion = Completion::study,
        .command_only = true},
       {.name = "seed",
        .field = &options.seed,
        .group = "Study",
        .help = "Random seed",
        .label = "Random seed",
        .usual = fmt::format("{}", StudyDefinition{}.seed),
        .range = NumberRange{0, 0x7fffffffffffffff}},
       {.name = "objective",
        .field = &options.objectives,
        .group = "Study",
        .help = tr("Objective{}; cer, wer and bow need pages with ground truth",
                   max_objectives > 1 ? tr("; the first one is the main one") : ""),
        .label = "Objective",
        .usual = std::string(score_name(usual.objective)),
        .choices = score_names(),
        .max_values = max_objectives,
        .joined = true,
        .completion = Completion::score},
       {.name = "reference-engine",
        .field = &options.reference_engine,
        .group = "Study",
        .help = "Further OCR engine that judges the OCR results of pages without ground "
                "truth, for objectives and checks that use references",
        .label = "Reference engine",
        .usual = std::string(kNoReferenceEngine),
        .choices = reference_engines(),
        .completion = Completion::engine}});
  append(rows, options_of(options.pipeline, usual.pipeline, true));
  append(rows, options_of(options.ocr));
  append(rows, options_of(options.work));
  append(rows, options_of(options.devices));
  return rows;
}

Option sampler_option(std::optional<std::string>& sampler, const std::string& usual) {
  return {.name = "sampler",
          .field = &sampler,
          .group = "Search",
          .help = "Algorithm that proposes points; `ocrtune samplers` lists them",
          .label = "Sampler",
          .usual = usual,
          .choices = sampler_names(),
          .completion = Completion::sampler};
}

Option starts_option(std::optional<std::size_t>& starts) {
  constexpr std::size_t kMaxStarts = 1024;
  return {.name = "starts",
          .field = &starts,
          .group = "Search",
          .help =
              "Number of starts of a local sampler, whose searches take turns; the study ends "
              "when all have ended",
          .label = "Starts of a local sampler",
          .usual = "one after the other until the trials are done",
          .range = NumberRange{1, kMaxStarts}};
}

Option constraint_option(StudyOptions& options) {
  return {.name = "constraint",
          .field = &options.constraints,
          .group = "Search",
          .help =
              "Constraint on the recommended settings: words>=0.9x (of the baseline), cer<=12.5, "
              "loss(cer)<=2 (at most 2 points worse on every page)",
          .label = "Constraints",
          .completion = Completion::constraint};
}

}  // namespace ocrtune::workflow
