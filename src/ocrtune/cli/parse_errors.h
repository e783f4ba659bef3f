#pragma once

#include <string>

namespace ocrtune::cli {

/// The first line of what CLI11 says of a command line, in the language of messages. A sentence
/// that no rule knows stays English.
std::string parse_error_text(const std::string& english);

}  // namespace ocrtune::cli
