#pragma once

#include <string>
#include <vector>

namespace ocrtune {

/// What values an option of an engine takes.
enum class EngineOptionType {
  integer,  ///< whole numbers from low to high
  real,     ///< numbers from low to high
  category  ///< one of its choices
};

/// A parameter of an engine.
struct EngineOption {
  std::string name;  ///< small letters, digits and _
  EngineOptionType type = EngineOptionType::real;
  double low = 0;                    ///< the least value; of a category 0
  double high = 0;                   ///< the greatest value; of a category the last index
  double initial = 0;                ///< of a category the index of the choice
  std::vector<std::string> choices;  ///< of a category
  std::string unit;                  ///< such as "px"; may be empty
  std::string help;                  ///< one phrase
};

/// A value for an option of an engine.
struct EngineValue {
  EngineOption option;
  double value = 0;  ///< of a category the index of the choice
};

/// The value of an engine's option for a text: a number, rounded for an integer, or a choice.
/// Throws Error(invalid_argument) if there is no such option or it does not accept the value. Pure.
EngineValue option_value(const std::vector<EngineOption>& options, const std::string& name,
                         const std::string& text);

}  // namespace ocrtune
