#pragma once

#include <vector>

namespace ocrtune::lstm {

/// Height (px) that the probe model scales lines to.
constexpr int kProbeHeight = 24;
/// Rows that it looks at in the upper and in the lower half, and the first of each, from the top.
/// They lie near the middle: crops of neighbouring lines may share much of their height.
constexpr int kProbeRows = 3;
constexpr int kProbeUpper = 7;
constexpr int kProbeLower = 14;

/// A .traineddata file that Tesseract can load in place of a language, made for probing: its
/// network sees only marks in a line's upper and lower half. Where the upper half is black it
/// reads a letter, where the lower half is black a space, elsewhere nothing.
std::vector<char> probe_model();

}  // namespace ocrtune::lstm
