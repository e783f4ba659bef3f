#pragma once

#include <vector>

#include "ocrtune/options/completion.h"

namespace ocrtune::workflow {

/// The values of a kind that the library's tables have, without regard to the text; none for kinds
/// that have no table. Throws Error where they cannot be found out.
std::vector<Suggestion> listed_values(Completion kind, const TypedValue& typed);

/// Names of the pipeline's parameters with "=", or, once there is one in the text, "NAME=VALUE"
/// with the values or, if `ranges`, the range that it may have. Throws Error if there is no such
/// pipeline or parameter.
std::vector<Suggestion> parameter_values(const TypedValue& typed, bool ranges);

/// The addresses of the studies in the database that the text names. Throws Error if the server
/// does not answer.
std::vector<Suggestion> studies_on_server(const std::string& text);

}  // namespace ocrtune::workflow
