#pragma once

#include <vector>

namespace ocrtune::lstm {

/// Height (px) that the probe model scales lines to.
constexpr int kProbeHeight = 16;

/// A .traineddata file that Tesseract can load in place of a language, made for probing: its
/// network sees only marks in a line's upper and lower half. Where the upper half is black it
/// reads a letter, where the lower half is black a space, elsewhere nothing.
std::vector<char> probe_model();

}  // namespace ocrtune::lstm
