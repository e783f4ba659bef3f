#include <utility>

#include "ocrtune/workflow/train.h"

namespace ocrtune::workflow {

Options options_of(TrainOptions& options) {
  Options rows = options_of(options.pages);
  append(rows, {{.name = "output",
                 .field = &options.output,
                 .group = "Output",
                 .help = "Folder of models, for --tessdata",
                 .letter = 'o',
                 .required = true,
                 .completion = Completion::folder,
                 .command_only = true},
                {.name = "result",
                 .field = &options.result,
                 .group = "Output",
                 .help = "JSON file for the result, and for the progress while it trains",
                 .completion = Completion::file,
                 .suffixes = {".json"},
                 .command_only = true},
                {.name = "engine",
                 .field = &options.engines,
                 .group = "Training",
                 .help = "Engines whose models are trained; several joined by commas",
                 .label = "Engines to train",
                 .usual = "all that are installed",
                 .choices = {kTesseractEngine, kPpocrEngine},
                 .joined = true},
                {.name = "add-characters",
                 .field = &options.add_characters,
                 .group = "Training",
                 .help = "Add characters of the ground truth that a model lacks",
                 .label = "Add characters that a model lacks"},
                {.name = "folds",
                 .field = &options.folds,
                 .group = "Training",
                 .help = "Parts of the pages, each of which is left out once to judge",
                 .label = "Folds",
                 .range = NumberRange{2, 20}},
                {.name = "epochs",
                 .field = &options.epochs,
                 .group = "Training",
                 .help = "Most passes over all lines",
                 .label = "Epochs at most",
                 .range = NumberRange{1, 100}},
                {.name = "seed",
                 .field = &options.seed,
                 .group = "Training",
                 .help = "Seed of the order of lines and of the distortions of their pictures",
                 .label = "Seed",
                 .range = NumberRange{0, 1'000'000'000}}});
  append(rows, tessdata_option(options.ocr));
  append(rows, options_of(options.work));
  return rows;
}

}  // namespace ocrtune::workflow
