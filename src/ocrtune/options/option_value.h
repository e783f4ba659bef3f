#pragma once

#include <optional>

namespace ocrtune::workflow {

/// The type of an option's values: that of its field (OptionField), without std::optional.
template <typename Field>
struct ValueOf {
  using type = Field;
};
template <typename Value>
struct ValueOf<std::optional<Value>> {
  using type = Value;
};

}  // namespace ocrtune::workflow
