#include "ocrtune/cli/in_flight.h"

#include <fmt/format.h>

#include <algorithm>

#include "ocrtune/cli/help.h"

namespace ocrtune::cli {

std::size_t usual_in_flight(std::size_t pages, int cores) {
  constexpr std::size_t kMostUsual = 16;
  const auto wanted = static_cast<std::size_t>(std::max(1, cores));
  const std::size_t each = std::max<std::size_t>(1, pages);
  return std::min(kMostUsual, (wanted + each - 1) / each + 1);
}

void add_in_flight(CLI::App& command, std::optional<std::size_t>& in_flight,
                   const std::string& usual) {
  command
      .add_option(
          "--in-flight", in_flight,
          fmt::format("Trials at work at a time; the sampler doesn't know their results [{}]",
                      usual))
      ->check(between(std::size_t{1}, kMostInFlight))
      ->group("Search");
}

}  // namespace ocrtune::cli
