#include "ocrtune/search/samplers/registry.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {

#define OCRTUNE_SAMPLER(name) SamplerKind name##_sampler();
#include "ocrtune/search/samplers/samplers.inc"
#undef OCRTUNE_SAMPLER

namespace {

std::vector<SamplerKind> list_samplers() {
  std::vector<SamplerKind> samplers{
#define OCRTUNE_SAMPLER(name) name##_sampler(),
#include "ocrtune/search/samplers/samplers.inc"
#undef OCRTUNE_SAMPLER
  };
  std::ranges::move(local_samplers(), std::back_inserter(samplers));
  return samplers;
}

}  // namespace

const std::vector<SamplerKind>& all_samplers() {
  static const std::vector<SamplerKind> kSamplers = list_samplers();
  return kSamplers;
}

std::vector<std::string> sampler_names() {
  std::vector<std::string> names;
  names.reserve(all_samplers().size());
  for (const SamplerKind& kind : all_samplers()) names.push_back(kind.name);
  return names;
}

const SamplerKind& sampler_named(std::string_view name) {
  const auto found = std::ranges::find(all_samplers(), name, &SamplerKind::name);
  if (found != all_samplers().end()) return *found;
  throw Error(Errc::invalid_argument, unknown_name(tr("sampler"), name, sampler_names()));
}

std::unique_ptr<Sampler> make_sampler(std::string_view name, SamplerOptions options) {
  const SamplerKind& kind = sampler_named(name);
  if (options.space.size() == 0) {
    throw Error(Errc::invalid_argument, tr("the search space has no parameter"));
  }
  if (options.objectives > 1 && !kind.several_objectives) {
    std::vector<std::string> able;
    for (const SamplerKind& other : all_samplers()) {
      if (other.several_objectives) able.push_back(other.name);
    }
    throw Error(Errc::invalid_argument,
                tr("the sampler {} supports a single objective; for several use: {}", kind.name,
                   joined(able)));
  }
  if (options.starts > 0 && !kind.has_starts) {
    std::vector<std::string> able;
    for (const SamplerKind& other : all_samplers()) {
      if (other.has_starts) able.push_back(other.name);
    }
    throw Error(Errc::invalid_argument, tr("the sampler {} has no starts; local samplers have: {}",
                                           kind.name, joined(able)));
  }
  return kind.make(std::move(options));
}

}  // namespace ocrtune
