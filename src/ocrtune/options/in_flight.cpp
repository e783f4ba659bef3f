#include "ocrtune/options/in_flight.h"

#include <algorithm>

namespace ocrtune::workflow {

std::size_t usual_in_flight(std::size_t pages, int cores) {
  constexpr std::size_t kMaxUsual = 16;
  const auto wanted = static_cast<std::size_t>(std::max(1, cores));
  const std::size_t each = std::max<std::size_t>(1, pages);
  return std::min(kMaxUsual, (wanted + each - 1) / each + 1);
}

Option in_flight_option(std::optional<std::size_t>& in_flight, const std::string& usual) {
  return {.name = "in-flight",
          .field = &in_flight,
          .group = "Search",
          .help = "Number of trials evaluated at the same time",
          .label = "Concurrent trials",
          .usual = usual,
          .range = NumberRange{1, kMaxInFlight}};
}

}  // namespace ocrtune::workflow
