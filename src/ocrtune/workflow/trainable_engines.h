#pragma once

#include <cstddef>
#include <string>

#include "ocrtune/corpus/corpus.h"

namespace ocrtune::workflow {

/// Of pages, of which at least one is left out, and of lines, below which nothing can be shown.
inline constexpr std::size_t kFewestTrainingPages = 2;
inline constexpr std::size_t kFewestTrainingLines = 10;

/// Why the model of an engine for a language cannot be trained on this machine, as far as is known;
/// empty if it can.
std::string refusal_to_train(const std::string& engine, const std::string& lang);

/// What `train` is to be expected to take with the ground truth of pages.
struct TrainingEstimate {
  std::size_t pages = 0;  ///< with ground truth
  std::size_t lines = 0;  ///< of their ground truth
  double seconds = 0;     ///< that it takes, roughly
  std::string problem;    ///< why it is not possible, one line; empty if it is
};

/// `workers`: threads. Does not look at the pages' images.
TrainingEstimate training_estimate(const Corpus& pages, int workers);

/// Throws OptionError(invalid_argument) for several languages ("eng+fra").
void require_one_language(const std::string& lang);

/// Throws OptionError(invalid_argument), naming `option`, if `folder`, where models are to be
/// written, is that of the models to start from.
void refuse_base_as_output(const std::string& option, const std::string& folder,
                           const std::string& base);

/// The one language of the pages with ground truth. Throws OptionError(invalid_argument) if there
/// are several.
std::string language_to_train(const Corpus& pages);

}  // namespace ocrtune::workflow
