#pragma once

#include <vector>

namespace ocrtune::layout {

/// The rows that a probe model looks at.
struct ProbeSight {
  int height = 0;  ///< px to which it scales lines
  int rows = 0;    ///< of a band
  /// The first rows of the bands, from the top. The upper two lie near the middle: crops of
  /// neighbouring lines may share much of their height.
  int upper = 0;
  int lower = 0;
  int lowest = 0;
};

/// Fast, and sufficient for nearly all units.
constexpr ProbeSight kCoarseSight{.height = 36, .rows = 5, .upper = 10, .lower = 21, .lowest = 28};
constexpr ProbeSight kFineSight{.height = 72, .rows = 9, .upper = 21, .lower = 42, .lowest = 56};

/// A .traineddata file that Tesseract can load in place of a language, made for probing: its
/// network sees only marks in three bands of a line. A black upper band is recognized as a letter,
/// a black lower band as a space, a black lowest band as another letter, anything else as nothing.
std::vector<char> probe_model(const ProbeSight& sight);

}  // namespace ocrtune::layout
