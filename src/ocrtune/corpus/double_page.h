#pragma once

#include <opencv2/core/mat.hpp>
#include <optional>

namespace ocrtune {

/// Where an image of an open book is divided into its two pages, px from the left: the fold; or
/// else, of the band without ink that both inner margins are, the column that is nearest to the
/// middle of the image, a quarter of the band from its edges. Nothing if the image is not wider
/// than high, or if there is no such band in its middle third. Pure; thread-safe.
std::optional<int> gutter_of(const cv::Mat& gray);

}  // namespace ocrtune
