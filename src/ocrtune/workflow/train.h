#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "ocrtune/execution/memory.h"
#include "ocrtune/options/options.h"
#include "ocrtune/training/cross_validation.h"

namespace ocrtune::workflow {

inline constexpr const char* kTesseractEngine = "tesseract";  ///< an engine that can be trained
inline constexpr const char* kPpocrEngine = "ppocr";          ///< the other one

/// Options of `train`.
struct TrainOptions {
  PagesOptions pages;  ///< pages; those with ground truth are trained with
  std::string output;  ///< folder of models
  /// JSON file for the result, and for the progress while it trains; empty: none.
  std::string result;
  /// "tesseract", "ppocr": whose models are trained; empty: all that can be.
  std::vector<std::string> engines;
  bool add_characters = false;  ///< add characters of the ground truth that a model lacks
  std::size_t folds = 5;        ///< 2 to 20
  std::size_t epochs = 40;      ///< 1 to 100
  std::size_t seed = 0;         ///< of the order of lines and of their distortions
  OcrOptions ocr;               ///< only `tessdata`: the folder with the models to start from
  WorkOptions work;             ///< threads and memory
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

/// The engine whose model is being trained.
struct EngineAtWork {
  std::string engine;         ///< "tesseract" or "ppocr"
  std::size_t done = 0;       ///< epochs, summed over the folds of all engines
  std::size_t all = 0;        ///< epochs at most
  std::vector<double> curve;  ///< training::error_curve() of the engine's folds that are done
};

/// Result of `train`.
struct Trained {
  std::string lang;                           ///< of the pages
  std::size_t pages = 0;                      ///< with lines to train with
  std::size_t lines = 0;                      ///< to train with
  std::size_t truth_lines = 0;                ///< of the ground truth of all pages
  std::size_t characters = 0;                 ///< of the lines to train with
  std::vector<EngineTrained> engines;         ///< in the order in which they were trained
  std::vector<EngineNotTrained> not_trained;  ///< that was not asked for
  std::optional<EngineAtWork> at_work;        ///< while it trains
  std::size_t left_out = 0;                   ///< inputs that could not be read
  bool stopped = false;                       ///< it was stopped; finished folds are kept
};

/// Trains the models of engines further with the lines of pages that have ground truth, and keeps
/// those that read pages better that were left out. The same options resume the work. Throws Error.
Trained train(const TrainOptions& options, const Events& events);

/// train() with pages that are loaded, whatever the options say of pages and work. What is finished
/// stays in the folder of models, so that the same again takes a part of the time.
Trained train_with(const Corpus& corpus, const MemoryPlan& plan, const TrainOptions& options,
                   const Events& events);

/// What came of an engine's model for people, a few lines.
std::string outcome_text(const EngineTrained& engine);

/// The result for people, ending with what to do next.
std::string result_text(const TrainOptions& options, const Trained& trained);

}  // namespace ocrtune::workflow
