#pragma once

#include <string>
#include <vector>

#include "ocrtune/base/events.h"
#include "ocrtune/corpus/corpus.h"
#include "ocrtune/ocr/recognizer.h"
#include "ocrtune/pipeline/pipeline.h"

namespace ocrtune::workflow {

/// The languages of the pages ("eng", "eng+fra"), without duplicates, sorted.
std::vector<std::string> languages_of(const Corpus& corpus);

/// The engine for each language, according to `options.engine`. If `auto` does not
/// choose the first engine, reports the reasons to `events`, one line for each engine used instead.
/// Throws Error(dependency_missing) if an engine is not available.
LanguageEngines selected_engines(const Events& events, const std::vector<std::string>& languages,
                                 const RecognitionOptions& options);

/// Throws Error(dependency_missing) if the engine cannot recognize one of the languages.
void require_engine(const std::string& name, const std::vector<std::string>& languages,
                    const RecognitionOptions& options);

/// Throws OptionError(invalid_argument) if an engine does not accept an `engine_…` value of the
/// pipeline's [ocr] table, or both ends of its range.
void check_engine_options(const Pipeline& pipeline, const std::string& engine);

/// The same for the engines of all languages.
void check_engine_options(const Pipeline& pipeline, const LanguageEngines& engines);

/// The engines with which a study was created (`recorded`, its text), for resuming it. Throws
/// Error(dependency_missing), naming the study, if refusal_of() (ocr/engines/engine_choice.h)
/// rejects the engine of a language.
LanguageEngines recorded_engines(const std::string& study, const std::string& recorded,
                                 const Corpus& corpus, const RecognitionOptions& options);

}  // namespace ocrtune::workflow
