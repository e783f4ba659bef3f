#include "ocrtune/apply/column_search.h"

#include <utility>

#include "ocrtune/ocr/columns/broken_words.h"
#include "ocrtune/ocr/columns/in_columns.h"
#include "ocrtune/ocr/columns/may_be_in_columns.h"

namespace ocrtune {
namespace {

constexpr int kMaxLooks = 3;

/// Whether an OCR result has nearly as many characters as another one: where mode 3 takes columns
/// for pictures, it has half of them.
bool has_most_text(const OcrResult& ocr_result, const OcrResult& other) {
  constexpr std::size_t kOfTen = 8;
  return 10 * text_without_spaces(ocr_result).size() >= kOfTen * text_without_spaces(other).size();
}

}  // namespace

void ColumnSearch::look(PageReader& reader, std::optional<PipelineResult>& result) {
  if (found_ || looks_ == kMaxLooks || !result->candidate.failure.empty() ||
      !result->candidate.usual_mode)
    return;
  const bool breaks_words = breaks_words_within_lines(result->ocr_result);
  if (!breaks_words &&
      (!may_be_in_columns(result->ocr_result) || !goes_across_columns(result->ocr_result)))
    return;
  ++looks_;
  auto by_columns = reader.read(result->candidate.pipeline, true);
  if (!by_columns) {
    result.reset();
    return;
  }
  found_ = by_columns->candidate.failure.empty() &&
           has_most_text(by_columns->ocr_result, result->ocr_result) &&
           ((breaks_words && has_them_at_ends(result->ocr_result, by_columns->ocr_result)) ||
            is_in_columns(by_columns->ocr_result));
  pipeline_ = result->candidate.pipeline;
  const double seconds = by_columns->seconds + result->seconds;
  if (found_) result = std::move(by_columns);
  result->seconds = seconds;
}

}  // namespace ocrtune
