#include "ocrtune/documents/scale_boxes.h"

#include <algorithm>

namespace ocrtune {

void scale_boxes(OcrResult& ocr_result, const cv::Size& page) {
  const double x = static_cast<double>(page.width) / ocr_result.width;
  const double y = static_cast<double>(page.height) / ocr_result.height;
  ocr_result.width = page.width;
  ocr_result.height = page.height;
  for (Word& word : ocr_result.words) {
    word.left = static_cast<int>(word.left * x);
    word.right = std::min(page.width, static_cast<int>(word.right * x + 0.999));
    word.top = static_cast<int>(word.top * y);
    word.bottom = std::min(page.height, static_cast<int>(word.bottom * y + 0.999));
  }
}

}  // namespace ocrtune
