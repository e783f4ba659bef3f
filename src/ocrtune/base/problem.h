#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace ocrtune {

/// An input that cannot be used, for a message of one line.
struct Problem {
  std::string where;  ///< the file, folder or argument; empty if `what` names it
  std::string what;   ///< what is wrong with it
  /// Of Corpus::load: the index of the file.
  std::optional<std::size_t> file = {};
};

/// "WHERE: WHAT".
std::string line_of(const Problem& problem);

}  // namespace ocrtune
