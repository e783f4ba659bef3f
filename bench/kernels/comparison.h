#pragma once

#include <functional>
#include <opencv2/core/mat.hpp>
#include <string>
#include <vector>

namespace ocrtune::bench {

/// A kernel and what does the same by OpenCV or Leptonica, both on one input.
struct Comparison {
  std::string kernel;  ///< "denoise_nlm h=9 search=21"
  std::function<cv::Mat(const cv::Mat& input)> ours;
  std::function<cv::Mat(const cv::Mat& input)> library;
  /// What becomes of a page before both get it, untimed; by default nothing.
  std::function<cv::Mat(const cv::Mat& page)> prepare = {};
};

/// What was registered, in the order of names.
std::vector<Comparison>& comparisons();

/// Registers at start-up: `const Registered kNlm{{…}};`
struct Registered {
  explicit Registered(Comparison comparison);
};

}  // namespace ocrtune::bench
