#pragma once

#include <opencv2/core.hpp>

namespace ocrtune::examples {

inline constexpr double kSelfCheckDpi = 150;

/// The page that is built into ocrtune to compare OCR engines: four short lines of words, digits,
/// punctuation and accents in four typefaces, one of them faint, and some specks. 8-bit gray.
/// Throws MissingFont.
cv::Mat self_check_page();

}  // namespace ocrtune::examples
