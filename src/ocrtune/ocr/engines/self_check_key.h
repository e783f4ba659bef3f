#pragma once

#include <string>

#include "ocrtune/ocr/recognizer.h"

namespace ocrtune {

/// Everything that the outcome of an engine's self-check (self_check.h) hangs on, as a hash: the
/// engine, the language and the models' files, the page segmentation mode and engine mode, the
/// files of ocrtune, libtesseract, Leptonica and the C library, and the processor's instruction
/// sets. Files are compared by path, size and time of the last change, not read.
std::string self_check_key(const std::string& engine, const std::string& lang,
                           const RecognitionOptions& options);

}  // namespace ocrtune
