#pragma once

#include <optional>

#include "ocrtune/base/events.h"
#include "ocrtune/corpus/corpus.h"
#include "ocrtune/execution/memory.h"
#include "ocrtune/study_run/study_run.h"
#include "ocrtune/study_run/voices.h"
#include "ocrtune/workflow/train.h"
#include "ocrtune/workflow/tune.h"

namespace ocrtune::workflow {

/// Throws if there is no folder for models, or a recipe cannot name it.
void require_models_place(const TuneOptions& options);

/// Throws if models cannot be trained with these tuning pages, or there are no validation pages, on
/// which alone can be seen what they win.
void check_training_pages(const Corpus& pages, const Corpus& held_out, int workers);

/// Trains with the tuning pages that have ground truth, except for those with the same text as a
/// validation page. Nothing if it is not asked for, if it was stopped, or if it would take more
/// than its share of the time limit, which is told. Finished folds are kept. Throws as
/// train_with().
std::optional<Trained> models_for_tuning(const TuneOptions& options, const OpenStudy& open,
                                         const MemoryPlan& plan, const Events& events);

/// The models that were written.
TrainedModels trained_models_of(const TuneOptions& options, const std::optional<Trained>& trained);

}  // namespace ocrtune::workflow
