#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace ocrtune::cli {

struct Context;

/// What the last of `words` may become, where `words` are those of a command line behind the name
/// of the program, up to the cursor: a line for each candidate, its value and, behind a tab, its
/// description; then lines for the shell (docs/how-to/scripts.md):
///   :nospace       no space follows a candidate
///   :folders       folders are candidates
///   :files SUFFIX… files with one of the suffixes, or any, and folders are candidates
std::vector<std::string> completion_lines(const CLI::App& app, const Context& context,
                                          const std::vector<std::string>& words);

}  // namespace ocrtune::cli
