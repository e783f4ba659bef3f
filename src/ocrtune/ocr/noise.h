#pragma once

#include <cstdint>
#include <functional>
#include <opencv2/core/mat.hpp>

struct Pix;

namespace ocrtune {

/// Counts the marks of the original page from which an image was made; called if an image has so
/// many marks that it may be noise.
using CountPageMarks = std::function<std::int64_t()>;

/// Number of marks in an image of 1 bit per pixel: connected components of ink (8 neighbours) that
/// are wider or higher than 7 px and so not specks for Tesseract (textord_max_noise_size).
std::int64_t count_marks(Pix* binary);

/// Number of marks of an original page: the greatest of five counts, namely those after Otsu's
/// threshold by Tesseract at the page's own size and at the size for OCR, of letters_among() its
/// dark ink and its light ink, and of those among dark faint_ink_masks(). Thread-safe.
std::int64_t page_marks(const cv::Mat& gray);

/// Whether an image with `marks` is noise: more than 3,000, and more than two and a half times
/// those of its page. OCR of such an image takes up to minutes and gives no text
/// (docs/explanation/reading.md).
bool is_noise(std::int64_t marks, std::int64_t page_marks);

/// Throws Error(limit_reached) with both numbers if the image for OCR (1 bit) is noise; never if
/// `page` is empty.
void refuse_noise(Pix* binary, const CountPageMarks& page);

}  // namespace ocrtune
