#pragma once

#include <string>
#include <vector>

#include "ocrtune/apply/page_reasons.h"
#include "ocrtune/documents/ocr_result.h"
#include "ocrtune/image/image.h"
#include "ocrtune/metrics/ocr_quality.h"

namespace ocrtune {

/// Up to this expected error rate nobody asks why a text is wrong.
inline constexpr double kGoodText = 0.02;

/// expected_cer(), or expected_cer_of_engines(); of an OCR result whose columns or vertical lines
/// were read across, at least 0.4, as such pages have. Pure; thread-safe.
double expected_cer_of(const OcrQuality& quality, bool of_several_engines, bool read_across);

/// The same of an OCR result of one engine, which may be read across. Pure; thread-safe.
double expected_cer_of(const OcrResult& ocr_result, const OcrQuality& quality);

/// Why the OCR result that one engine has of a page as it came is doubtful; none if no more than
/// kGoodText of it is expected to be wrong. `image` is that of the page. Pure; thread-safe.
std::vector<PageReason> reasons_of(const OcrResult& ocr_result, double expected_cer,
                                   const std::string& lang, const Image& image);

}  // namespace ocrtune
