#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

#include "ocrtune/analysis/verdict.h"
#include "ocrtune/pipeline/pipeline.h"
#include "ocrtune/study_run/study_run.h"
#include "ocrtune/study_run/voices.h"

namespace ocrtune::workflow {

/// The limits of a search for a recipe.
struct RecipeLimits {
  /// No page is begun after it.
  std::optional<std::chrono::steady_clock::time_point> end = {};
  /// Variants of the page for an engine besides Tesseract; see voices_of().
  std::size_t variants = 3;
};

/// What a recipe is selected from besides the pipelines and engines that all studies have.
struct RecipeMaterial {
  std::vector<Pipeline> found;  ///< pipelines of the search, the best first
  TrainedModels trained = {};   ///< with tuning pages
};

/// The best way to read a collection, as a verdict whose recipe has the choices `fast`, `balanced`,
/// `best` and `untuned`, on the validation pages; without some, by cross-validation.
///
/// Selects the ensemble of pipelines and engines that leaves the fewest wrong characters on the
/// tuning pages, and what is untuned where nothing is won. Models that were trained with tuning
/// pages are only used if they leave fewer wrong characters on the validation pages than what is
/// selected without them; without validation pages, never. OCR results are kept in the study; the
/// verdict is not. Nothing if the work was stopped, or no page was recognized within the limits.
std::optional<Verdict> find_recipe(const OpenStudy& open, const RecipeMaterial& material,
                                   const MemoryPlan& plan, bool looks_for_columns,
                                   const RecipeLimits& limits, const Events& events);

}  // namespace ocrtune::workflow
