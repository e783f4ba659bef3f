#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ocrtune/stages/parameter.h"

namespace ocrtune {

/// A search range: its ends, both included, its scale and step; see Dimension.
struct Range {
  double low = 0;    ///< included
  double high = 0;   ///< included
  bool log = false;  ///< searched on a logarithmic scale
  double step = 0;   ///< distance between values, from `low` on; 0: see Dimension
  bool operator==(const Range&) const = default;  ///< equal in every field
};

/// Whether `name` is a valid name of a parameter or switch in a pipeline: letters, digits and _, 1
/// to 64.
bool is_parameter_name(std::string_view name);

/// The default search range of a parameter.
Range searched_range(const Parameter& parameter);

/// Throws Error(pipeline_invalid) if the parameter cannot be searched in `range`; `shown_name` is
/// its name for the user.
void check_range(const Parameter& parameter, const Range& range, std::string_view shown_name);

/// One parameter of a stage as a pipeline uses it: fixed at `value`, or free within a range with
/// `value` as its initial one.
struct Setting {
  std::string name;                      ///< its name in the pipeline, unique there
  const Parameter* parameter = nullptr;  ///< not null; of the stage
  double value = 0;                      ///< fixed value, or initial value of the search
  std::optional<Range> free;             ///< the range it is searched in; unset: fixed at `value`
};

}  // namespace ocrtune
