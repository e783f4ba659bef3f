#pragma once

#include "ocrtune/ocr/engine.h"

namespace ocrtune {

/// ocrtune's faster implementation of Tesseract's LSTM recognizer.
OcrEngine lstm_engine();

}  // namespace ocrtune
