#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <opencv2/core/mat.hpp>
#include <opencv2/core/types.hpp>
#include <vector>

namespace ocrtune {

/// The ink of an original page, to which the OCR results of preprocessed pages are compared. Found
/// once, at the first request. Thread-safe.
class PageInk {
 public:
  /// `load` returns the gray page; it is called for each property that is computed. Its exceptions
  /// are passed on.
  explicit PageInk(std::function<cv::Mat()> load) : load_(std::move(load)) {}

  /// page_marks() of ocr/noise.h.
  std::int64_t marks();

  /// text_marks() of metrics/coverage.h.
  const std::vector<cv::Point>& text();

  /// faint_text_marks() of metrics/coverage.h.
  const std::vector<cv::Point>& faint_text();

 private:
  std::function<cv::Mat()> load_;
  std::once_flag marks_found_;
  std::int64_t marks_ = 0;
  std::once_flag text_found_;
  std::vector<cv::Point> text_;
  std::once_flag faint_text_found_;
  std::vector<cv::Point> faint_text_;
};

}  // namespace ocrtune
