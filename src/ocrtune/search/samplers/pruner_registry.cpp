#include "ocrtune/search/samplers/pruner_registry.h"

#include <algorithm>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {

const std::vector<PrunerKind>& all_pruners() {
  static const std::vector<PrunerKind> kPruners{
      no_pruner(), median_pruner(), halving_pruner(), hyperband_pruner(), racing_pruner(),
  };
  return kPruners;
}

std::vector<std::string> pruner_names() {
  std::vector<std::string> names;
  names.reserve(all_pruners().size());
  for (const PrunerKind& kind : all_pruners()) names.push_back(kind.name);
  return names;
}

const PrunerKind& pruner_named(std::string_view name) {
  const auto found = std::ranges::find(all_pruners(), name, &PrunerKind::name);
  if (found != all_pruners().end()) return *found;
  throw Error(Errc::invalid_argument, unknown_name(tr("pruner"), name, pruner_names()));
}

}  // namespace ocrtune
