#pragma once

#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <utility>

#include "ocrtune/ocr/engine.h"
#include "ocrtune/ocr/lexicon.h"
#include "ocrtune/ocr/pipeline_use.h"

namespace ocrtune {

/// The options for the models in another folder, with the engine that is right for them; empty: the
/// same.
RecognitionOptions with_models(const RecognitionOptions& options, const std::string& tessdata);

/// One worker's recognizers: at most one per language, engine and folder of models, each opened at
/// its first use and kept; those of an external engine share one process. Settings are set before
/// each page. Not thread-safe.
class RecognizerPool {
 public:
  explicit RecognizerPool(RecognitionOptions options) : options_(std::move(options)) {}

  /// The engine for images of pages in `stated` ("eng+fra") with these settings: that of `use`, or
  /// the one that the options select. Throws as selected_engine and engine_named.
  const OcrEngine& engine(const std::string& stated, const OcrSettings& settings,
                          const PipelineUse& use);

  /// The recognizer for images of pages in `stated` ("eng+fra") with these settings, of the engine
  /// and with the models of `use`; by default those that the options select. Throws
  /// Error(dependency_missing) as open_engine does.
  Recognizer& get(const std::string& stated, const OcrSettings& settings,
                  const PipelineUse& use = {});

  /// The dictionary of a language's model.
  const Lexicon& lexicon(const std::string& lang);

  /// Tesseract's page segmentation mode where OCR settings name none.
  [[nodiscard]] int page_segmentation() const { return options_.psm; }

 private:
  const OcrEngine& selected(const std::string& lang, const OcrSettings& settings,
                            const std::string& tessdata);
  std::unique_ptr<Recognizer> opened(const std::string& lang, const OcrEngine& engine,
                                     const PipelineUse& use);

  RecognitionOptions options_;
  /// For a language, a mode and a folder of models.
  std::map<std::tuple<std::string, int, std::string>, const OcrEngine*> selected_;
  std::map<std::tuple<std::string, const OcrEngine*, std::string>, std::unique_ptr<Recognizer>>
      open_;
  std::map<std::string, std::shared_ptr<const Lexicon>> lexicons_;
};

}  // namespace ocrtune
