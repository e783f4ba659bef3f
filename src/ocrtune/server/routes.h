#pragma once

#include <nlohmann/json_fwd.hpp>

#include "ocrtune/preview/previews.h"
#include "ocrtune/report/study_book.h"
#include "ocrtune/server/corpora.h"
#include "ocrtune/server/router.h"
#include "ocrtune/server/runs.h"

namespace ocrtune::server {

/// What all addresses work with; thread-safe.
struct Services {
  const ServerContext& context;
  EventHub& events;
  Corpora& corpora;
  PageImages& images;
  Previews& previews;
  StudyBook& studies;
  Runs& runs;
};

// Each adds the addresses of one group (docs/api.md). The services outlive the router.

/// The server itself, stages, presets, samplers, objectives, and pipelines in both forms.
void add_information_routes(Router& router, const Services& services);

/// Folders, uploads, corpora, and their pages' pictures and readings.
void add_corpus_routes(Router& router, const Services& services);

/// What a pipeline makes of a page: its picture and its reading.
void add_preview_routes(Router& router, const Services& services);

/// Runs, their logs and histories, and the stream of events.
void add_run_routes(Router& router, const Services& services);

/// Studies: the list, a study's data, trials, corpus, notes, exports.
void add_study_routes(Router& router, const Services& services);

/// Widest picture that is given, px.
inline constexpr int kMostPictureWidth = 8192;

/// A preview of a page of a corpus.
struct CorpusPreview : PreviewRequest {
  std::string corpus;
};

/// What a request's JSON says. Throws Error(invalid_argument), or Error(pipeline_invalid), with one
/// line that names the field.
CorpusRequest parse_corpus_request(const nlohmann::json& form);
CorpusPreview parse_preview_request(const nlohmann::json& body);

}  // namespace ocrtune::server
