#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/samplers/sampler.h"

namespace ocrtune {

/// A sampler as `ocrtune samplers`, the command line and the docs know it.
struct SamplerKind {
  std::string name;
  std::string summary;             ///< a sentence: what it does
  std::string good_for;            ///< when to take it
  std::string cost;                ///< trials it needs, and its own time for a proposal
  std::vector<std::string> cites;  ///< keys of docs/references.bib
  bool several_objectives = false;
  bool learns = true;  ///< outcomes change what it proposes
  std::unique_ptr<Sampler> (*make)(SamplerOptions options) = nullptr;
};

SamplerKind random_sampler();
SamplerKind sobol_sampler();
SamplerKind cmaes_sampler();
SamplerKind nsga2_sampler();
SamplerKind tpe_sampler();
SamplerKind polish_sampler();
SamplerKind gp_sampler();

/// Multi-start local methods.
std::vector<SamplerKind> local_samplers();

/// All samplers, in the order they are listed.
const std::vector<SamplerKind>& all_samplers();

/// Their names, in that order.
std::vector<std::string> sampler_names();

/// Throws Error(invalid_argument) for an unknown name.
const SamplerKind& sampler_named(std::string_view name);

/// Throws Error(invalid_argument) where the sampler can't do what the options ask for: several
/// objectives, a space without parameters.
std::unique_ptr<Sampler> make_sampler(std::string_view name, SamplerOptions options);

}  // namespace ocrtune
