#include "ocrtune/ocr/engine.h"
#include "ocrtune/ocr/ppocr/installation.h"
#include "ocrtune/ocr/ppocr/ppocr_recognizer.h"

namespace ocrtune {

OcrEngine ppocr_engine() {
  return {.name = "ppocr",
          .title = "PP-OCRv6",
          .summary = "PP-OCRv6 (Baidu), run by OpenVINO",
          .automatic = false,
          .refuses = ppocr::refusal,
          .open = ppocr::open,
          .identity = ppocr::identity,
          .refuses_value = ppocr::refuses_value,
          .memory_mb = 500,
          .is_installed = ppocr::is_installed};
}

}  // namespace ocrtune
