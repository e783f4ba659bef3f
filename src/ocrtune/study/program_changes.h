#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace ocrtune {

/// What stands in StudyDefinition::program before the number of the first trial of each further
/// program; after the number is ": ", and then the program.
inline constexpr std::string_view kFromTrial = "; from trial ";

/// The first trial of the second program of StudyDefinition::program; nothing if there is one
/// program, 0 if the number is damaged. Thread-safe.
std::optional<std::size_t> first_change(const std::string& programs);

}  // namespace ocrtune
