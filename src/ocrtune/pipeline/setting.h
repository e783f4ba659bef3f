#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ocrtune/stages/parameter.h"

namespace ocrtune {

/// The ends of a search range, both included, and how it is searched: see Dimension.
struct Range {
  double low = 0;    ///< included
  double high = 0;   ///< included
  bool log = false;  ///< searched by the logarithm
  double step = 0;   ///< distance of values from `low` on; 0: see Dimension
  bool operator==(const Range&) const = default;  ///< equal in every field
};

/// Whether a parameter or a switch of a pipeline may be called so: letters, digits and _, 1 to 64.
bool is_parameter_name(std::string_view name);

/// The range a parameter is searched in where none is stated.
Range searched_range(const Parameter& parameter);

/// Throws Error(pipeline_invalid) where the parameter can't be searched in `range`; `shown_name` is
/// what the user knows it as.
void check_range(const Parameter& parameter, const Range& range, std::string_view shown_name);

/// One parameter of a stage as a pipeline uses it: fixed at `value`, or free within a range with
/// `value` as its initial one.
struct Setting {
  std::string name;                      ///< what the pipeline calls it; unique in the pipeline
  const Parameter* parameter = nullptr;  ///< not null; of the stage
  double value = 0;                      ///< where it is fixed, or the search's initial one
  std::optional<Range> free;             ///< the range it is searched in; nothing: fixed at `value`
};

}  // namespace ocrtune
