#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace ocrtune::fuzz {

/// What a fuzzer is asked for on the command line.
struct Options {
  long long cases = 10'000;
  long long seed = 1;
  long long first = 0;              ///< number of the first case: to repeat one that failed
  bool trace = false;               ///< says each case's number, then what became of it
  std::vector<std::string> models;  ///< .traineddata files
};

}  // namespace ocrtune::fuzz
