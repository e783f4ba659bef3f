#pragma once

#include <vector>

namespace ocrtune::lstm {

/// What a probe model looks at.
struct ProbeSight {
  int height = 0;  ///< px that it scales lines to
  /// Rows in the upper and in the lower half, and the first of each, from the top. They lie near
  /// the middle: crops of neighbouring lines may share much of their height.
  int rows = 0;
  int upper = 0;
  int lower = 0;
};

/// Quick, and enough for nearly all units.
constexpr ProbeSight kCoarseSight{.height = 36, .rows = 5, .upper = 10, .lower = 21};
/// For units so narrow that they have but three coarse columns.
constexpr ProbeSight kFineSight{.height = 72, .rows = 9, .upper = 21, .lower = 42};

/// A .traineddata file that Tesseract can load in place of a language, made for probing: its
/// network sees only marks in a line's upper and lower half. Where the upper half is black it
/// reads a letter, where the lower half is black a space, elsewhere nothing.
std::vector<char> probe_model(const ProbeSight& sight);

}  // namespace ocrtune::lstm
