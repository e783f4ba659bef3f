#pragma once

#include <cstdint>
#include <functional>
#include <opencv2/core/mat.hpp>

struct Pix;

namespace ocrtune {

/// Counts the marks of the page that an image was made from, as it came; asked when an image has so
/// many that it may be noise.
using CountPageMarks = std::function<std::int64_t()>;

/// Marks of ink in an image of 1 bit a pixel: its connected components (8 neighbours) wider or
/// higher than 7 px, which are no specks to Tesseract (textord_max_noise_size).
std::int64_t count_marks(Pix* binary);

/// Marks of a page as it came: the most of those that Tesseract makes of it by Otsu's threshold, at
/// its own size and at that at which it is read, of its letters_among() dark ink and light ink, and
/// of those among dark faint_ink_masks(). Thread-safe.
std::int64_t page_marks(const cv::Mat& gray);

/// Whether an image of `marks` is noise: more than 3,000, and more than two and a half times those
/// of its page. Reading it takes up to minutes and gives nothing (docs/reading.md).
bool is_noise(std::int64_t marks, std::int64_t page_marks);

/// Throws Error(limit_reached) with both numbers where what is to be read (1 bit) is noise; where
/// `page` is empty, nothing is.
void refuse_noise(Pix* binary, const CountPageMarks& page);

}  // namespace ocrtune
