#pragma once

#include <set>
#include <string>
#include <vector>

#include "ocrtune/analysis/ensemble_selection.h"
#include "ocrtune/base/events.h"
#include "ocrtune/ocr/recognizer.h"
#include "ocrtune/pipeline/portfolio.h"

namespace ocrtune::workflow {

/// Models that were trained with pages of the study.
struct TrainedModels {
  std::string folder;             ///< of models
  std::string lang;               ///< which they are for
  std::set<std::string> engines;  ///< whose: "tesseract", or the name of another engine
};

/// The pipelines from which a study selects ensembles, and what ocrtune does untuned, as ensembles
/// of them.
struct Voices {
  Portfolio portfolio;                     ///< those for faint text last
  std::vector<EnsembleMember> candidates;  ///< those that are not for faint text
  std::vector<EnsembleMember> faint;       ///< those for faint text
  Ensemble original;                       ///< the original page alone
  /// The ensembles of the efforts.
  Ensemble low;
  Ensemble normal;
  Ensemble high;
};

/// The pipelines of all efforts with the engines that can be used for the languages, and `found`
/// ones, which have names of their own. With an engine besides Tesseract, also variants of the page
/// for this engine, `variants` of them at most: those on which its results differ show which
/// characters are doubtful, and complement each other. The pipelines of engines with `trained`
/// models are there again with these. Tells `events` which engines cannot be used.
Voices voices_of(const std::vector<Pipeline>& found, std::size_t variants,
                 const TrainedModels& trained, const std::vector<std::string>& languages,
                 const RecognitionOptions& recognition, const Events& events);

}  // namespace ocrtune::workflow
