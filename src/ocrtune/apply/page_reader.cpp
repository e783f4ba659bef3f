#include "ocrtune/apply/page_reader.h"

#include <chrono>
#include <set>
#include <tuple>
#include <utility>

#include "ocrtune/base/duration.h"
#include "ocrtune/base/error.h"
#include "ocrtune/documents/place_words.h"
#include "ocrtune/metrics/coverage.h"
#include "ocrtune/ocr/columns/reading_order.h"

namespace ocrtune {
namespace {

// Page segmentation modes of Tesseract.
constexpr int kAutomatic = 3;
constexpr int kSingleBlock = 6;

/// The number of lines of an OCR result.
std::size_t lines_of(const OcrResult& ocr_result) {
  std::set<std::tuple<int, int, int>> lines;
  for (const Word& word : ocr_result.words) lines.emplace(word.block, word.paragraph, word.line);
  return lines.size();
}

}  // namespace

PageReader::PageReader(Image page, const PageContent& content, std::string lang,
                       const OcrMeans& means)
    : page_(std::move(page)),
      content_(content),
      lang_(std::move(lang)),
      means_(means),
      ink_([this] { return page_.gray; }) {}

std::optional<PipelineResult> PageReader::read(std::size_t pipeline, bool by_columns) {
  const auto start = std::chrono::steady_clock::now();
  const Pipeline& stages = means_.portfolio.pipelines[pipeline];
  PipelineResult result{.candidate = {.pipeline = pipeline,
                                      .quality = {},
                                      .failure = "",
                                      .use = means_.portfolio.use_of(stages)},
                        .ocr_result = {},
                        .image = {}};
  try {
    if (!recognize(stages, by_columns, result)) return std::nullopt;
  } catch (const EngineFailure& failure) {
    result.candidate.failure = failure.what();
    result.candidate.engine_failed = true;
  } catch (const Error& error) {
    if (error.code() != Errc::limit_reached) throw;
    result.candidate.failure = error.what();
  }
  result.seconds = seconds_since(start);
  return result;
}

/// False if the work was stopped.
bool PageReader::recognize(const Pipeline& pipeline, bool by_columns, PipelineResult& result) {
  StageRun run = run_of(pipeline);
  result.image = run.image();
  if (means_.reservation != nullptr)
    means_.reservation->grow_to(ocr_bytes(result.image.gray.size()));
  OcrSettings settings = run.ocr_settings();
  const PipelineUse& use = result.candidate.use;
  result.candidate.of_tesseract =
      means_.recognizers.engine(lang_, settings, use).has_tesseract_models();
  result.candidate.usual_mode = result.candidate.of_tesseract && settings.psm == 0 &&
                                means_.recognizers.page_segmentation() == kSingleBlock;
  result.candidate.by_columns = by_columns && result.candidate.usual_mode;
  if (result.candidate.by_columns) settings.psm = kAutomatic;
  Recognizer& recognizer = means_.recognizers.get(lang_, settings, use);
  auto ocr_result =
      recognizer.read(result.image, settings, means_.stop, [&] { return ink_.marks(); });
  if (!ocr_result) return false;
  place_words(*ocr_result, result.image, page_.gray.size());
  if (result.candidate.by_columns)
    *ocr_result = in_reading_order(std::move(*ocr_result), page_.gray);
  result.candidate.quality = quality(*ocr_result);
  result.candidate.lines = lines_of(*ocr_result);
  result.ocr_result = std::move(*ocr_result);
  return true;
}

Image PageReader::image(std::size_t pipeline) const {
  return run_of(means_.portfolio.pipelines[pipeline]).image();
}

/// The stages of a pipeline on the page.
StageRun PageReader::run_of(const Pipeline& pipeline) const {
  return {pipeline, content_,           [this] { return page_; }, means_.place.stages,
          {},       means_.place.device};
}

OcrQuality PageReader::quality(const OcrResult& ocr_result) {
  return ocr_quality(ocr_result, means_.recognizers.lexicon(lang_), ink_.text());
}

bool PageReader::leaves_out_faint_text(const OcrResult& ocr_result) {
  // 47 pages: 0.88 to 1 where they are recognized with confidence, 0 to 0.68 if half of them is
  // faint (docs/explanation/best_of_every_page.md).
  constexpr double kMinCovered = 0.8;
  // Noise has marks as well: many more than text has.
  constexpr std::size_t kMaxTimes = 4;
  const std::vector<cv::Point>& faint = ink_.faint_text();
  if (faint.size() > kMaxTimes * ink_.text().size()) return false;
  return coverage(faint, ocr_result).value_or(1) < kMinCovered;
}

}  // namespace ocrtune
