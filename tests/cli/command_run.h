#pragma once

#include <string>
#include <vector>

#include "ocrtune/base/translation.h"

namespace ocrtune::cli::test {

/// What a command left behind.
struct CommandRun {
  int status = 0;
  std::string out;  ///< standard output
  std::string err;  ///< standard error
};

/// Runs `ocrtune ARGUMENTS…` in this process, as a user of this language would, with nothing on
/// standard input. What the process itself writes meanwhile is taken for the command's.
CommandRun run(std::vector<std::string> arguments, Language language = Language::english);

/// As run(), with this text on standard input.
CommandRun run_with_input(const std::string& input, std::vector<std::string> arguments,
                          Language language = Language::english);

/// Standard output of a command that ends well; fails the test if it doesn't.
std::string output_of(std::vector<std::string> arguments, Language language = Language::english);

/// A file of the repository.
std::string in_repository(const std::string& name);

/// A small page of the repository, a faded receipt with ground truth beside it.
std::string receipt();

/// The folder that it lies in, with three others.
std::string four_pages();

}  // namespace ocrtune::cli::test
