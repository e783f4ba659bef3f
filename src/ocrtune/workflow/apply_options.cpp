#include <algorithm>
#include <utility>

#include "ocrtune/ocr/ocr_formats.h"
#include "ocrtune/workflow/apply.h"
#include "ocrtune/workflow/effort.h"
#include "ocrtune/workflow/read.h"

namespace ocrtune::workflow {

Options options_of(ApplyOptions& options) {
  Options rows = options_of(options.pages);
  append(
      rows,
      {{.name = "portfolio",
        .field = &options.portfolio,
        .group = "Pipeline",
        .help = "Portfolio to choose from: the name of one that comes with ocrtune, or a TOML file",
        .command_only = true},
       {.name = "pipeline",
        .field = &options.pipelines,
        .group = "Pipeline",
        .help = "Pipeline to use instead: a preset or a TOML file; may be given several times",
        .excludes = {"portfolio"},
        .command_only = true},
       {.name = "vote",
        .field = &options.vote,
        .group = "Pipeline",
        .help = "Combine the OCR results of a page word by word by voting (ROVER)"},
       {.name = "enough",
        .field = &options.enough,
        .group = "Pipeline",
        .help =
            "Stop trying pipelines on a page when the mean character confidence reaches this value",
        .range = NumberRange{0, 100}},
       {.name = "thorough",
        .field = &options.thorough,
        .group = "Pipeline",
        .help = "Try further pipelines on a page however good its OCR result is",
        .excludes = {"enough"}},
       {.name = "effort",
        .field = &options.effort,
        .group = "Pipeline",
        .help =
            "Portfolio and rule by the time that a page may take, instead of these options: low "
            "votes on documents; normal adds another OCR engine, if it is installed; high stops "
            "only at a confident result that both agree on",
        .choices = effort_names(),
        .excludes = {"portfolio", "pipeline", "vote", "enough", "thorough"}},
       {.name = "output",
        .field = &options.output,
        .group = "Output",
        .help = "Output folder",
        .letter = 'o',
        .required = true,
        .command_only = true},
       {.name = "journal",
        .field = &options.journal,
        .group = "Output",
        .help = "Journal on a PostgreSQL server (postgresql://USER@HOST/DATABASE/NAME): the same "
                "command on several machines shares the work",
        .usual = "a file in the output folder",
        .value_name = "ADDRESS",
        .command_only = true},
       format_option(options.formats),
       {.name = "images",
        .field = &options.images,
        .group = "Output",
        .help = "Also write the preprocessed image: png, tiff or none",
        .choices = {"none", "png", "tiff"}}});
  Options ocr = options_of(options.ocr);
  Option& tessdata = *std::ranges::find(ocr, "tessdata", &Option::name);
  tessdata.help =
      "Folder with the .traineddata files; with several, separated by commas, pages are also "
      "recognized with the models of the others";
  append(rows, std::move(ocr));
  append(rows, options_of(options.work));
  append(rows, options_of(options.devices));
  return rows;
}

}  // namespace ocrtune::workflow
