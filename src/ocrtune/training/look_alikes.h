#pragma once

#include <map>
#include <set>
#include <string>

#include "ocrtune/training/training_set.h"

namespace ocrtune::training {

/// For characters that a model lacks, what it most often recognizes in their place in lines that
/// have them; empty if nothing single. `model` is one of a trainer with the set's pictures.
std::map<std::string, std::string> look_alikes(const TrainingSet& set, ModelInTraining& model,
                                               const std::set<std::string>& missing);

}  // namespace ocrtune::training
