#include "ocrtune/search/samplers/pruner_registry.h"

#include <algorithm>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {

#define OCRTUNE_PRUNER(name) PrunerKind name##_pruner();
#include "ocrtune/search/samplers/pruners.inc"
#undef OCRTUNE_PRUNER

const std::vector<PrunerKind>& all_pruners() {
  static const std::vector<PrunerKind> kPruners{
#define OCRTUNE_PRUNER(name) name##_pruner(),
#include "ocrtune/search/samplers/pruners.inc"
#undef OCRTUNE_PRUNER
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
