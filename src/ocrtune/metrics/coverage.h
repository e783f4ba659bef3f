#pragma once

#include <opencv2/core/mat.hpp>
#include <opencv2/core/types.hpp>
#include <optional>
#include <span>
#include <vector>

#include "ocrtune/ocr/reading.h"

namespace ocrtune {

/// Where what looks like text is on an 8-bit gray page: the centres, in px, of the connected
/// components of ink that have a letter's size and stroke and stand in a line with others (see
/// letters_among()), between 0.4 and 3 times their median height; of dark ink, or of light ink
/// where that has more of them. Where there are fewer than a hundred and at least four times as
/// many show with four times the contrast, it is those. Pure; thread-safe.
std::vector<cv::Point> text_marks(const cv::Mat& gray);

/// The share of a page's text_marks() that a reading placed on that page covers, 0 to 1: those in a
/// word's box, widened by a quarter of its height. Nothing where there are fewer than ten. Pure;
/// thread-safe.
std::optional<double> coverage(std::span<const cv::Point> marks, const Reading& reading);

}  // namespace ocrtune
