#pragma once

#include <opencv2/core/mat.hpp>
#include <optional>

namespace ocrtune {

/// Where an image of an open book is divided into its two pages, px from the left: the fold, or
/// else the middle of the band without ink that both inner margins are. Nothing if the image is not
/// wider than high, or if there is no such band in its middle third. Pure; thread-safe.
std::optional<int> gutter_of(const cv::Mat& gray);

}  // namespace ocrtune
