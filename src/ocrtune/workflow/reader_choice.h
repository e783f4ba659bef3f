#pragma once

#include <string>
#include <vector>

#include "ocrtune/image/corpus.h"
#include "ocrtune/ocr/recognizer.h"
#include "ocrtune/workflow/events.h"

namespace ocrtune::workflow {

/// The languages of the pages ("eng", "eng+fra"), each once, sorted.
std::vector<std::string> languages_of(const Corpus& corpus);

/// The reader of each language of the pages, as `options.reader` asks. Where `auto` doesn't take
/// the first engine, `events` are told for which reasons, one line for each that reads instead.
/// Throws Error(dependency_missing) where a reader can't be had.
Readers settled_readers(const Events& events, const Corpus& corpus, const ReadingOptions& options);

/// The readers that a study was begun with (`recorded`, its text), for going on. Throws
/// Error(dependency_missing), naming the study, where refusal_of() (ocr/reader.h) has something
/// against the engine that read a language.
Readers recorded_readers(const std::string& study, const std::string& recorded,
                         const Corpus& corpus, const ReadingOptions& options);

}  // namespace ocrtune::workflow
