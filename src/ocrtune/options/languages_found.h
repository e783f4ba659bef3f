#pragma once

#include <string>

#include "ocrtune/base/events.h"
#include "ocrtune/corpus/corpus.h"
#include "ocrtune/execution/memory.h"

namespace ocrtune::workflow {

/// The same pages, those in the language `auto` in the one that LanguageFinder finds among the
/// models in `tessdata`. A page that does not tell its language has that of most pages of its file
/// in the same script, if that is known, or else of all pages of which it was found. Reports the
/// languages, and those whose models are not installed. Throws Error(dependency_missing) if no
/// model is installed, Error(interrupted) if the work was stopped.
Corpus with_languages_found(Corpus corpus, const Events& events, const MemoryPlan& plan,
                            const std::string& tessdata);

}  // namespace ocrtune::workflow
