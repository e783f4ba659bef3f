#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ocrtune/stages/parameter.h"

namespace ocrtune {

/// The ends of a search range, both included, and how it is searched: see Dimension.
struct Range {
  double low = 0;
  double high = 0;
  bool log = false;
  double step = 0;
  bool operator==(const Range&) const = default;
};

/// The range a parameter is searched in where none is stated.
Range searched_range(const Parameter& parameter);

/// Throws Error(pipeline_invalid) where the parameter can't be searched in `range`; `shown_name` is
/// what the user knows it as.
void check_range(const Parameter& parameter, const Range& range, std::string_view shown_name);

/// One parameter of a stage as a pipeline uses it: fixed at `value`, or free within a range with
/// `value` as its initial one.
struct Setting {
  std::string name;  ///< what the pipeline calls it; unique in the pipeline
  const Parameter* parameter = nullptr;
  double value = 0;
  std::optional<Range> free;
};

}  // namespace ocrtune
