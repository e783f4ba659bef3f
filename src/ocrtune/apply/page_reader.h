#pragma once

#include <atomic>
#include <cstddef>
#include <optional>
#include <string>

#include "ocrtune/execution/memory.h"
#include "ocrtune/execution/page_ink.h"
#include "ocrtune/execution/page_places.h"
#include "ocrtune/execution/stage_run.h"
#include "ocrtune/metrics/ocr_quality.h"
#include "ocrtune/metrics/page_condition.h"
#include "ocrtune/ocr/engines/recognizer_pool.h"
#include "ocrtune/pipeline/portfolio.h"

namespace ocrtune {

/// The quality of the OCR result of one pipeline for a page.
struct Candidate {
  std::size_t pipeline = 0;  ///< index in the portfolio
  OcrQuality quality;
  std::string failure;         ///< why it could not run on this page; it is never chosen then
  bool engine_failed = false;  ///< it failed because of its OCR engine
  PipelineUse use = {};        ///< the portfolio's for this pipeline
  bool of_tesseract = false;   ///< recognized with Tesseract's models
  /// Recognized in page segmentation mode 6, or by_columns, because nothing states one.
  bool usual_mode = false;
  bool by_columns = false;  ///< recognized in page segmentation mode 3 where it would be 6
  std::size_t lines = 0;    ///< of the OCR result
};

/// The OCR result of one pipeline for a page.
struct PipelineResult {
  Candidate candidate;
  OcrResult ocr_result;  ///< placed on the page; empty if it failed
  Image image;           ///< the preprocessed image that was recognized
  double seconds = 0;    ///< running time
};

/// What pages are recognized with. All must outlive the work.
struct OcrMeans {
  const Portfolio& portfolio;
  RecognizerPool& recognizers;
  const PagePlace& place;
  const std::atomic<bool>& stop;
  /// The memory reserved for the page, which grows with larger images; null: no limit.
  MemoryGate::Reservation* reservation = nullptr;
};

/// Recognizes a page with the pipelines of a portfolio. Not thread-safe.
class PageReader {
 public:
  /// `page` in `lang` ("eng+fra"), whose content is `content`.
  PageReader(Image page, const PageContent& content, std::string lang, const OcrMeans& means);

  /// The OCR result of a pipeline, or why it failed: the page is too much for it, or its engine
  /// failed. Nothing if the work was stopped. Throws as StageRun, except Error(limit_reached).
  /// `by_columns`: in page segmentation mode 3, in which Tesseract looks for columns, where it
  /// would be 6.
  std::optional<PipelineResult> read(std::size_t pipeline, bool by_columns = false);

  /// The preprocessed image of a pipeline that read() has recognized.
  [[nodiscard]] Image image(std::size_t pipeline) const;

  /// The page_condition() of this page.
  [[nodiscard]] PageCondition condition() const { return page_condition(page_.gray); }

  /// The quality of an OCR result of this page.
  OcrQuality quality(const OcrResult& ocr_result);

  /// Whether the OCR result covers less than 0.8 of the faint_text_marks() of this page, which are
  /// at most four times its text_marks().
  bool leaves_out_faint_text(const OcrResult& ocr_result);

 private:
  [[nodiscard]] StageRun run_of(const Pipeline& pipeline) const;
  bool recognize(const Pipeline& pipeline, bool by_columns, PipelineResult& result);

  Image page_;
  PageContent content_;
  std::string lang_;
  OcrMeans means_;
  PageInk ink_;
};

}  // namespace ocrtune
