#pragma once

#include "ocrtune/documents/ocr_result.h"

namespace ocrtune {

/// A guess at the resolution of a scan that does not state it, dpi: one of the usual ones, at which
/// the page has the size of usual paper; else that at which its text is as large as in print; else,
/// with few words, that at which its longer side is nearest to A4's. Pure.
double guessed_dpi(const OcrResult& page);

}  // namespace ocrtune
