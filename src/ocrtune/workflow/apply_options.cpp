#include <algorithm>
#include <utility>

#include "ocrtune/apply/ocr_formats.h"
#include "ocrtune/workflow/apply.h"
#include "ocrtune/workflow/read.h"

namespace ocrtune::workflow {

Options options_of(ApplyOptions& options) {
  Options rows = options_of(options.pages);
  append(rows, options_of(options.choice));
  append(
      rows,
      {{.name = "output",
        .field = &options.output,
        .group = "Output",
        .help = "Output folder; or one document of all pages: a file with the extension .pdf or "
                ".txt",
        .letter = 'o',
        .required = true,
        .completion = Completion::folder,
        .command_only = true},
       {.name = "journal",
        .field = &options.journal,
        .group = "Output",
        .help = "Journal on a PostgreSQL server (postgresql://USER@HOST/DATABASE/NAME): the same "
                "command on several machines shares the work",
        .usual = "a file in the output folder",
        .value_name = "ADDRESS",
        .completion = Completion::study_address,
        .command_only = true},
       {.name = "watch",
        .field = &options.watch,
        .group = "Output",
        .help = "Keep watching the input folder, and recognize the files that come into it once "
                "they are whole, until Ctrl-C or SIGTERM; pages that are done are not recognized "
                "again if their output was moved away",
        .command_only = true},
       {.name = "workspace",
        .field = &options.workspace,
        .group = "Output",
        .help = "Write a workspace that OCR-D, eScriptorium and Transkribus import: the images of "
                "the pages, PAGE XML or ALTO in a folder for each, and mets.xml",
        .command_only = true},
       format_option(options.formats),
       split_option(options.split),
       existing_text_option(options.existing_text),
       optimize_option(options.optimize),
       {.name = "omit-blank",
        .field = &options.omit_blank,
        .group = "Output",
        .help = "Leave blank pages out of documents that are made of several pages",
        .label = "Leave out blank pages"},
       {.name = "join-hyphens",
        .field = &options.join_hyphens,
        .group = "Output",
        .help = "Join words that are hyphenated at the end of a line, in text",
        .label = "Join hyphenated words"},
       dpi_option(options.pages),
       split_double_pages_option(options.pages),
       {.name = "images",
        .field = &options.images,
        .group = "Output",
        .help = "Also write the preprocessed image: png, tiff or none",
        .label = "Write images",
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
