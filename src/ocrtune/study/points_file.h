#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/pipeline/pipeline.h"

namespace ocrtune {

/// Parses points from a JSON list of objects {parameter: number}; a missing parameter has the
/// pipeline's value. As in the Python design, a fraction for an integer is truncated and an even
/// number for an odd parameter raised by one; each change is added to `notes`. Throws
/// Error(invalid_argument), with the file and the index of the point, for anything else.
std::vector<Point> parse_points(std::string_view text, std::string_view source,
                                const Pipeline& pipeline, std::vector<std::string>& notes);

/// The value that the Python design uses for a number: truncated for integer parameters, raised to
/// the next odd number for odd parameters. Pure.
double taken_value(ParameterType type, double given);

/// A JSON list of the points, one per line, which parse_points reads back unchanged. Throws
/// Error(pipeline_invalid) for a parameter that the pipeline does not have.
std::string points_text(const std::vector<Point>& points, const Pipeline& pipeline);

std::vector<Point> read_points(const std::filesystem::path& file, const Pipeline& pipeline,
                               std::vector<std::string>& notes);

}  // namespace ocrtune
