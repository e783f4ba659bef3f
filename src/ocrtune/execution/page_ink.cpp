#include "ocrtune/execution/page_ink.h"

#include "ocrtune/metrics/coverage.h"
#include "ocrtune/ocr/noise.h"

namespace ocrtune {

std::int64_t PageInk::marks() {
  std::call_once(marks_found_, [this] { marks_ = page_marks(load_()); });
  return marks_;
}

const std::vector<cv::Point>& PageInk::text() {
  std::call_once(text_found_, [this] { text_ = text_marks(load_()); });
  return text_;
}

const std::vector<cv::Point>& PageInk::faint_text() {
  std::call_once(faint_text_found_, [this] { faint_text_ = faint_text_marks(load_()); });
  return faint_text_;
}

}  // namespace ocrtune
