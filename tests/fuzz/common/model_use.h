#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "ocrtune/base/random.h"

namespace ocrtune::fuzz {

/// Parses a .traineddata file, and uses what is taken for a model. The reason for a refusal, empty
/// if it is a model. Throws std::runtime_error if an exception is not an Error of one line, or what
/// was parsed does not hold together.
std::string use_model(std::vector<std::byte> file, Random& random);

}  // namespace ocrtune::fuzz
