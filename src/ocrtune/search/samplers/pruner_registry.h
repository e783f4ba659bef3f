#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/search/samplers/pruner.h"

namespace ocrtune {

/// Options of every pruner.
struct PrunerOptions {
  std::size_t pages = 1;  ///< pages that have a value, at least 1
  std::uint64_t seed = 1;
};

/// A pruner with its documentation.
struct PrunerKind {
  std::string name;
  std::string summary;             ///< a sentence: what it does
  std::string good_for;            ///< when to use it
  std::vector<std::string> cites;  ///< keys of docs/reference/references.bib
  std::unique_ptr<Pruner> (*make)(PrunerOptions options) = nullptr;
};

/// All pruners, in the order they are listed.
const std::vector<PrunerKind>& all_pruners();

/// Their names, in that order.
std::vector<std::string> pruner_names();

/// Throws Error(invalid_argument) for an unknown name.
const PrunerKind& pruner_named(std::string_view name);

}  // namespace ocrtune
