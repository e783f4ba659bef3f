#include "ocrtune/base/problem.h"

#include <fmt/format.h>

#include <algorithm>

#include "ocrtune/base/text.h"

namespace ocrtune {

std::string line_of(const Problem& problem) {
  return problem.where.empty() ? problem.what : problem.where + ": " + problem.what;
}

std::size_t count_left_out(const std::vector<Problem>& problems) {
  return static_cast<std::size_t>(
      std::ranges::count_if(problems, [](const Problem& problem) { return !problem.is_remark; }));
}

}  // namespace ocrtune
