#include "ocrtune/apply/expected_cer.h"

#include <algorithm>

#include "ocrtune/language/text_language.h"
#include "ocrtune/ocr/columns/in_columns.h"
#include "ocrtune/ocr/columns/vertical_text.h"

namespace ocrtune {

double expected_cer_of(const OcrQuality& quality, bool of_several_engines, bool read_across) {
  constexpr double kReadAcross = 0.4;
  const double expected =
      of_several_engines ? expected_cer_of_engines(quality) : expected_cer(quality);
  return read_across ? std::max(expected, kReadAcross) : expected;
}

double expected_cer_of(const OcrResult& ocr_result, const OcrQuality& quality) {
  return expected_cer_of(quality, false,
                         is_out_of_order(ocr_result) || goes_across_vertical_lines(ocr_result));
}

std::vector<PageReason> reasons_of(const OcrResult& ocr_result, double expected_cer,
                                   const std::string& lang, const Image& image) {
  if (expected_cer <= kGoodText) return {};
  const bool across = goes_across_vertical_lines(ocr_result);
  return reasons_of(
      PageFindings{.nothing_recognized = ocr_result.words.empty(),
                   .other_lang = across ? vertical_model(lang)
                                        : unexpected_language(plain_text(ocr_result), lang),
                   .across_vertical_lines = across,
                   .in_columns = is_out_of_order(ocr_result),
                   .condition = page_condition(image.gray)});
}

}  // namespace ocrtune
