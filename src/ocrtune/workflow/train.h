#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "ocrtune/options/options.h"
#include "ocrtune/training/cross_validation.h"

namespace ocrtune::workflow {

/// Options of `train`.
struct TrainOptions {
  PagesOptions pages;  ///< pages; those with ground truth are trained with
  std::string output;  ///< folder of models
  /// "tesseract", "ppocr": whose models are trained; empty: all that can be.
  std::vector<std::string> engines;
  bool add_characters = false;  ///< add characters of the ground truth that a model lacks
  std::size_t folds = 5;        ///< 2 to 20
  std::size_t epochs = 40;      ///< 1 to 100
  std::size_t seed = 0;
  OcrOptions ocr;    ///< only `tessdata`: the folder with the models to start from
  WorkOptions work;  ///< threads and memory
};

/// The option table of `train`; it points into `options`, which must outlive it.
Options options_of(TrainOptions& options);

/// What came of the model of an engine.
struct EngineTrained {
  std::string engine;                             ///< "tesseract" or "ppocr"
  training::Outcome outcome;                      ///< on pages that were left out
  std::set<std::string> missing_characters = {};  ///< their lines were not trained with
  std::filesystem::path file = {};                ///< of the model; empty: nothing was won
  double seconds = 0;                             ///< that it took
};

/// An engine whose model was not trained.
struct EngineNotTrained {
  std::string engine;  ///< "tesseract" or "ppocr"
  std::string reason;  ///< one line
};

/// Result of `train`.
struct Trained {
  std::string lang;
  std::size_t pages = 0;        ///< with lines to train with
  std::size_t lines = 0;        ///< to train with
  std::size_t truth_lines = 0;  ///< of the ground truth of all pages
  std::size_t characters = 0;   ///< of the lines to train with
  std::vector<EngineTrained> engines;
  std::vector<EngineNotTrained> not_trained;  ///< that was not asked for
  std::size_t left_out = 0;                   ///< inputs that could not be read
  bool stopped = false;                       ///< it was stopped; finished folds are kept
};

/// Trains the models of engines further with the lines of pages that have ground truth, and keeps
/// those that read pages better that were left out. The same options resume the work. Throws Error.
Trained train(const TrainOptions& options, const Events& events);

/// The result for people, ending with what to do next.
std::string result_text(const TrainOptions& options, const Trained& trained);

}  // namespace ocrtune::workflow
