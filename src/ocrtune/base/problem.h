#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace ocrtune {

/// An input that cannot be used, or not as it is, for a message of one line.
struct Problem {
  std::string where;  ///< the file, folder or argument; empty if `what` names it
  std::string what;   ///< what is wrong with it
  /// Of Corpus::load: the index of the file.
  std::optional<std::size_t> file = {};
  bool is_remark = false;  ///< the input is used all the same
};

/// How many of these are not remarks.
std::size_t count_left_out(const std::vector<Problem>& problems);

/// "WHERE: WHAT".
std::string line_of(const Problem& problem);

}  // namespace ocrtune
