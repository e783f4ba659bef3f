#pragma once

#include <opencv2/core/mat.hpp>

namespace ocrtune {

/// Masks of the same size as the page, 255 where there is such ink.
struct InkMasks {
  cv::Mat dark;
  cv::Mat light;
};

/// The pixels of an 8-bit gray page that are clearly darker, and those that are clearly lighter,
/// than the paper around: nearer to the darkest (lightest) 0.5 % of the levels within a few tiles
/// of 64 px than to their median. There is no ink where the levels spread equally to both sides, as
/// with noise, or by less than 16.
///
/// `gray` may have any size from 1 x 1 and may be a view. The same on every instruction set. Throws
/// cv::Exception for another type of image. Pure; thread-safe.
InkMasks ink_masks(const cv::Mat& gray);

/// ink_masks() of the page with four times the contrast about its paper_level(), which makes print
/// visible that is hardly darker or lighter than the paper.
InkMasks faint_ink_masks(const cv::Mat& gray);

}  // namespace ocrtune
