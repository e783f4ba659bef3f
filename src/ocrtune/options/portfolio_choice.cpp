#include "ocrtune/options/portfolio_choice.h"

#include "ocrtune/options/effort.h"

namespace ocrtune::workflow {

Options options_of(PortfolioOptions& options) {
  return {
      {.name = "portfolio",
       .field = &options.portfolio,
       .group = "Pipeline",
       .help = "Portfolio to choose from: the name of one that comes with ocrtune, or a TOML file",
       .completion = Completion::portfolio,
       .command_only = true},
      {.name = "pipeline",
       .field = &options.pipelines,
       .group = "Pipeline",
       .help = "Pipeline to use instead: a preset or a TOML file; may be given several times",
       .excludes = {"portfolio"},
       .completion = Completion::pipeline,
       .command_only = true},
      {.name = "vote",
       .field = &options.vote,
       .group = "Pipeline",
       .help = "Combine the OCR results of a page word by word by voting (ROVER)",
       .label = "Combine the OCR results word by word (voting)"},
      {.name = "enough",
       .field = &options.enough,
       .group = "Pipeline",
       .help = "Stop trying pipelines on a page when the mean character confidence reaches this "
               "value; at 100, all are tried",
       .label = "Sufficient confidence",
       .range = NumberRange{0, 100}},
      {.name = "effort",
       .field = &options.effort,
       .group = "Pipeline",
       .help =
           "Portfolio and voting by the time that a page may take, instead of stating them: low "
           "stops where Tesseract is confident or two OCR engines agree; normal always "
           "combines both; high tries the pipelines for bad scans too",
       .label = "Effort per page",
       .choices = effort_names(),
       .excludes = {"portfolio", "pipeline", "vote", "enough"}},
      {.name = "recipe",
       .field = &options.recipe,
       .group = "Pipeline",
       .help = "TOML file of a recipe: pipelines, OCR engines and voting for a collection, instead "
               "of stating them",
       .excludes = {"portfolio", "pipeline", "vote", "enough", "effort"},
       .value_name = "FILE",
       .completion = Completion::file,
       .suffixes = {".toml"},
       .command_only = true},
      {.name = "choice",
       .field = &options.recipe_choice,
       .group = "Pipeline",
       .help = "Choice of the recipe, such as fast or best",
       .usual = "the one that the recipe recommends",
       .excludes = {"portfolio", "pipeline", "vote", "enough", "effort"},
       .value_name = "NAME",
       .command_only = true}};
}

}  // namespace ocrtune::workflow
