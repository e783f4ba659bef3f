#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/search/samplers/sampler.h"

namespace ocrtune {

/// A sampler with its documentation, for `ocrtune samplers`, --sampler and the documents.
struct SamplerKind {
  std::string name;                 ///< value of --sampler
  std::string summary;              ///< a sentence: what it does
  std::string good_for;             ///< when to use it
  std::string cost;                 ///< number of trials that it needs, and its running time per
                                    ///< proposal
  std::vector<std::string> cites;   ///< keys of docs/reference/references.bib
  bool several_objectives = false;  ///< supports several objectives
  bool learns = true;               ///< its proposals depend on outcomes
  bool has_starts = false;  ///< its searches begin at several starts (SamplerOptions::starts)
  /// Creates the sampler, without the checks of make_sampler().
  std::unique_ptr<Sampler> (*make)(SamplerOptions options) = nullptr;
};

/// Local methods with several starts.
std::vector<SamplerKind> local_samplers();

/// All samplers, in the order they are listed.
const std::vector<SamplerKind>& all_samplers();

/// Their names, in that order.
std::vector<std::string> sampler_names();

/// Throws Error(invalid_argument) for an unknown name.
const SamplerKind& sampler_named(std::string_view name);

/// Throws Error(invalid_argument) if the sampler does not support the options: several objectives,
/// a number of starts, or a space without parameters.
std::unique_ptr<Sampler> make_sampler(std::string_view name, SamplerOptions options);

}  // namespace ocrtune
