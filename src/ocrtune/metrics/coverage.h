#pragma once

#include <opencv2/core/mat.hpp>
#include <opencv2/core/types.hpp>
#include <optional>
#include <span>
#include <vector>

#include "ocrtune/documents/ocr_result.h"

namespace ocrtune {

/// Positions of probable text on an 8-bit gray page: the centres, in px, of the connected
/// components that have the size and stroke width of a letter and lie in a line with others (see
/// letters_among()), between 0.4 and 3 times their median height, but for leaders. Takes dark ink,
/// or light ink if that gives more of them. If there are fewer than a hundred and at four times the
/// contrast there are at least four times as many, returns the latter. Pure; thread-safe.
std::vector<cv::Point> text_marks(const cv::Mat& gray);

/// The same at four times the contrast, of the ink, dark or light, that text_marks() takes: also
/// text that is too faint to be among those, and what shows through from the other side. Pure;
/// thread-safe.
std::vector<cv::Point> faint_text_marks(const cv::Mat& gray);

/// Whether an 8-bit page is blank: in gray, and in each colour of a BGR image if it has one, not a
/// single one of its components, dark or light, clear or faint, looks like a letter with a
/// neighbour on its line, upright or on its side. Never of an image below a fifth of a megapixel,
/// which may be a word. Pure; thread-safe.
bool is_blank(const cv::Mat& gray, const cv::Mat& colour = {});

/// The share of a page's text_marks() that an OCR result in page coordinates covers, 0 to 1: those
/// inside a word's bounding box, widened by a quarter of its height. Nothing if there are fewer
/// than ten marks. Pure; thread-safe.
std::optional<double> coverage(std::span<const cv::Point> marks, const OcrResult& ocr_result);

}  // namespace ocrtune
