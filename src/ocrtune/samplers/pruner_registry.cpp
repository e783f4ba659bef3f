#include "ocrtune/samplers/pruner_registry.h"

#include <fmt/format.h>

#include <algorithm>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"

namespace ocrtune {

const std::vector<PrunerKind>& all_pruners() {
  static const std::vector<PrunerKind> kPruners{
      no_pruner(), median_pruner(), halving_pruner(), hyperband_pruner(), racing_pruner(),
  };
  return kPruners;
}

const PrunerKind& pruner_named(std::string_view name) {
  const auto found = std::ranges::find(all_pruners(), name, &PrunerKind::name);
  if (found != all_pruners().end()) return *found;
  std::vector<std::string> names;
  for (const PrunerKind& kind : all_pruners()) names.push_back(kind.name);
  throw Error(ExitStatus::wrong_use,
              fmt::format("no pruner is called `{}`{}; there are: {}", quotable(name, 60),
                          did_you_mean(name, names), joined(names)));
}

}  // namespace ocrtune
