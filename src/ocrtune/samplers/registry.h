#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/samplers/sampler.h"

namespace ocrtune {

/// A sampler as `ocrtune samplers`, the command line and the docs know it.
struct SamplerKind {
  std::string name;                 ///< as --sampler takes it
  std::string summary;              ///< a sentence: what it does
  std::string good_for;             ///< when to take it
  std::string cost;                 ///< trials it needs, and its own time for a proposal
  std::vector<std::string> cites;   ///< keys of docs/references.bib
  bool several_objectives = false;  ///< can search more than one objective at once
  bool learns = true;               ///< outcomes change what it proposes
  /// Makes one, without checking what make_sampler() does.
  std::unique_ptr<Sampler> (*make)(SamplerOptions options) = nullptr;
};

/// Every value as likely as any other.
SamplerKind random_sampler();
/// A scrambled Sobol sequence, which fills the space evenly (Sobol 1967).
SamplerKind sobol_sampler();
/// A normal distribution that moves and stretches towards better points (Hansen 2016).
SamplerKind cmaes_sampler();
/// A population by crossover and mutation, for several objectives (Deb et al. 2002).
SamplerKind nsga2_sampler();
/// Points where good trials are dense and the others are far (Bergstra et al. 2011).
SamplerKind tpe_sampler();
/// Two points of tpe, then a small step from the best one, in turns.
SamplerKind polish_sampler();
/// A Gaussian process and where it expects the most improvement (Jones et al. 1998).
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
