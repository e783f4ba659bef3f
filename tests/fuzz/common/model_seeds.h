#pragma once

#include <string>
#include <vector>

#include "support/model_files.h"

namespace ocrtune::fuzz {

/// Components of a .traineddata file.
test::Components components_of(const std::string& path);

/// Small models of all the ways there are to write one.
std::vector<test::Components> tiny_seeds();

}  // namespace ocrtune::fuzz
