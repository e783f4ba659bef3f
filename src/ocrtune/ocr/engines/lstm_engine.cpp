#include "ocrtune/ocr/engine.h"
#include "ocrtune/ocr/lstm/lstm_recognizer.h"

namespace ocrtune {

OcrEngine lstm_engine() {
  return {.name = "lstm",
          .title = "ocrtune's LSTM engine",
          .summary = "ocrtune's faster implementation of Tesseract's LSTM recognizer",
          .repeats_reference = true,
          .uses_ocr_device = true,
          .refuses = lstm_refuses,
          .open = open_lstm};
}

}  // namespace ocrtune
