#pragma once

#include <cstddef>
#include <opencv2/core/mat.hpp>
#include <span>
#include <string>
#include <vector>

namespace ocrtune::training {

/// A line of an `.lstmf` file.
struct LstmfLine {
  cv::Mat gray;      ///< 8 bit; at most kMaxLstmfSide px wide and high
  std::string text;  ///< UTF-8
};

/// The greatest width and height of a picture, px: boxes have 16 bits.
inline constexpr int kMaxLstmfSide = 32767;

/// An `.lstmf` file, which Tesseract's lstmtraining reads: the lines, each with its picture as PNG
/// and one box around all of it, without which Tesseract would also try it inverted. Throws
/// Error(output_unwritable) if a picture cannot be encoded. Thread-safe.
std::vector<std::byte> lstmf_bytes(std::span<const LstmfLine> lines);

}  // namespace ocrtune::training
