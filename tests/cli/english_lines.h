#pragma once

#include <string>
#include <vector>

namespace ocrtune::cli::test {

/// The lines of a text that has to be French in which English words are left. Commands, names,
/// paths, choices and quotations may be English.
std::vector<std::string> english_lines(const std::string& text);

}  // namespace ocrtune::cli::test
