#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>

#include "ocrtune/documents/ocr_result.h"
#include "ocrtune/image/image.h"
#include "ocrtune/options/options.h"

namespace ocrtune::workflow {

/// Options of a Reader: those of `read` and `apply` for pages in memory.
struct ReaderOptions {
  std::optional<std::string> lang;       ///< language in Tesseract's notation, such as "eng+fra"
  PipelineOptions pipeline;              ///< default: `raw`; no effect with a portfolio, an
                                         ///< effort or a recipe
  std::optional<std::string> portfolio;  ///< one that comes with ocrtune, or a TOML file
  std::optional<std::string> effort;     ///< the name of one of kEfforts (effort.h)
  bool vote = false;  ///< combine a page's OCR results of the portfolio by voting
  std::optional<std::string> recipe = {};         ///< a TOML file (pipeline/recipe.h)
  std::optional<std::string> recipe_choice = {};  ///< the name of a choice of it; empty: the
                                                  ///< recommended one
  OcrOptions ocr;                                 ///< OCR settings
  /// For stages and engines; of several for stages, each page is on one. `auto` chooses on the
  /// first page.
  DeviceOptions devices = {};
};

/// The option table of a Reader; it points into `options`, which must outlive it.
Options options_of(ReaderOptions& options);

/// The OCR result of a page in memory.
struct ReadImage {
  OcrResult ocr_result;  ///< words with bounding boxes in px of the page
  std::string engine;    ///< name of the engine, of a portfolio that of the pipeline that was kept
  int turns = 0;  ///< clockwise rotations by 90 degrees before OCR, of pages with a portfolio
};

/// Recognizes pages in memory. The models are loaded once for each thread that reads at the same
/// time, at its first page. Thread-safe.
class Reader {
 public:
  /// Throws Error for an option that is not valid, if the engine cannot recognize the language, or
  /// if there is no such device.
  Reader(const ReaderOptions& options, const Events& events);
  ~Reader();
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  /// The OCR result of a page, the same on every device. If `stop` becomes true meanwhile,
  /// recognition ends early and nothing is returned. Throws Error(limit_reached) if the engine
  /// fails on the page, with a portfolio on each pipeline's output, or if memory runs out.
  [[nodiscard]] std::optional<ReadImage> read(const Image& page,
                                              const std::atomic<bool>& stop) const;

  /// Whether pages must have their colours.
  [[nodiscard]] bool wants_colour() const;

 private:
  class Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace ocrtune::workflow
