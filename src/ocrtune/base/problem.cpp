#include "ocrtune/base/problem.h"

#include <fmt/format.h>

#include "ocrtune/base/text.h"

namespace ocrtune {

std::string line_of(const Problem& problem) {
  return problem.where.empty() ? problem.what : problem.where + ": " + problem.what;
}

}  // namespace ocrtune
