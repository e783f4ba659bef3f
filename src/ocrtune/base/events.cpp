#include "ocrtune/base/events.h"

#include <fmt/format.h>

#include "ocrtune/base/text.h"

namespace ocrtune {

void warn_of(const std::vector<Problem>& problems, const Events& events) {
  for (const Problem& problem : problems) {
    events.warn(problem.where.empty()
                    ? problem.what
                    : fmt::format("{}: {}", quotable(problem.where, 300), problem.what));
  }
}

}  // namespace ocrtune
