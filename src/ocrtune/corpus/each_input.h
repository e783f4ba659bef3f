#pragma once

#include <filesystem>
#include <functional>
#include <istream>
#include <string>
#include <vector>

#include "ocrtune/corpus/inputs.h"

namespace ocrtune {

/// Calls `take` for each file of the input arguments, in the order of expand_inputs() and with its
/// problems, until `take` returns false. Unlike it, keeps at most the names in one folder and in
/// those that lead to it, so that a collection of millions of files needs little memory; manifests
/// and what a glob pattern matches are read as a whole.
void for_each_input(const std::vector<std::string>& arguments, std::istream& standard_input,
                    std::vector<Problem>& problems, const std::function<bool(InputFile)>& take,
                    const std::filesystem::path& without = {});

}  // namespace ocrtune
