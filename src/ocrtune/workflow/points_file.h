#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/pipeline/pipeline.h"

namespace ocrtune::workflow {

/// Points from a JSON list of objects {parameter: number}; a missing parameter has the pipeline's
/// value. As the Python design does, a fraction given for an integer is cut off and an even number
/// given for an odd one raised by one; each such change is added to `notes`. Throws
/// Error(invalid_argument), with the file and the point's place in the list, for anything else.
std::vector<Point> parse_points(std::string_view text, std::string_view source,
                                const Pipeline& pipeline, std::vector<std::string>& notes);

std::vector<Point> read_points(const std::filesystem::path& file, const Pipeline& pipeline,
                               std::vector<std::string>& notes);

}  // namespace ocrtune::workflow
