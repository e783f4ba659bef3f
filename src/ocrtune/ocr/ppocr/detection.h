#pragma once

#include <opencv2/core/mat.hpp>
#include <vector>

#include "ocrtune/ocr/line_box.h"
#include "ocrtune/ocr/ppocr/network_pool.h"

namespace ocrtune::ppocr {

/// How text lines are found.
struct DetectionOptions {
  int size = 1280;         ///< px of the image's longer side for the network
  double enlarged = 2;     ///< the most that smaller images are enlarged by
  double threshold = 0.3;  ///< least probability of text for a pixel
  double score = 0.5;      ///< least mean probability of a line
  double unclip = 1.6;     ///< growth of a line's core, in its area by its perimeter
};

/// How an image is given to the network: scaled, and in strips of one height that overlap, so that
/// memory does not grow with the page and networks are compiled for few sizes.
struct StripPlan {
  cv::Size image;         ///< px of the scaled image
  cv::Size strip;         ///< px of the network's input
  std::vector<int> tops;  ///< the first row of each strip, ascending
};

/// Pure.
StripPlan plan_strips(const cv::Size& image, const DetectionOptions& options);

/// The lines of text in an 8-bit image of one channel, by differentiable binarization (Liao et al.
/// 2020): regions of the network's probability map, and around each the smallest rectangle, which
/// reads from left to right, or upwards if it is steeper
/// than 45° and at least 1.5 times as long as wide. At most 4000, in order of their score. Throws
/// Error(limit_reached) if no network can be compiled, std::runtime_error if one fails.
/// Thread-safe.
std::vector<LineBox> detect_lines(NetworkPool& networks, const cv::Mat& gray,
                                  const DetectionOptions& options);

/// The network's map of probabilities for a scaled image. Of two strips that overlap, each has its
/// half of the overlap.
cv::Mat probability_map(NetworkPool& networks, const cv::Mat& image, const StripPlan& plan);

/// The lines of a map of probabilities (32-bit floats), in px of the map.
std::vector<LineBox> lines_of_map(const cv::Mat& map, const DetectionOptions& options);

}  // namespace ocrtune::ppocr
