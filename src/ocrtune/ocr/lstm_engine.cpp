#include "ocrtune/ocr/engine_registry.h"
#include "ocrtune/ocr/lstm/lstm_recognizer.h"

namespace ocrtune {

OcrEngine lstm_engine() {
  return {.name = "lstm",
          .title = "ocrtune's own reader",
          .summary = "ocrtune's own, faster reader of Tesseract's models",
          .repeats_reference = true,
          .uses_reading_device = true,
          .refuses = lstm_refuses,
          .open = open_lstm};
}

}  // namespace ocrtune
