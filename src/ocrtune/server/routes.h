#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <opencv2/core/types.hpp>
#include <string>
#include <utility>

#include "ocrtune/catalogue/study_book.h"
#include "ocrtune/preview/previews.h"
#include "ocrtune/server/corpora.h"
#include "ocrtune/server/router.h"
#include "ocrtune/server/run_texts.h"
#include "ocrtune/server/runs.h"

namespace ocrtune::server {

/// Dependencies of the handlers; thread-safe.
struct Services {
  const ServerContext& context;
  EventHub& events;
  Corpora& corpora;
  PageImages& images;
  Previews& previews;
  StudyBook& studies;
  Runs& runs;
  RunTexts& texts;
};

// Each function adds the addresses of one group (docs/reference/api.md). The services must outlive
// the router.

/// The server itself, stages, presets, samplers, objectives, and the two formats of pipelines.
void add_information_routes(Router& router, const Services& services);

/// Folders, uploads, corpora, and the pictures and OCR results of their pages.
void add_corpus_routes(Router& router, const Services& services);

/// Edits of pages by hand.
void add_edit_routes(Router& router, const Services& services);

/// Preview of a pipeline on a page: picture and OCR result.
void add_preview_routes(Router& router, const Services& services);

/// Runs, their logs, histories and texts, and the event stream.
void add_run_routes(Router& router, const Services& services);

/// The event `studies`: StudyBook::server_entries().
ServerEvent studies_event(const StudyBook& studies);

/// Studies: the list, a study's data, trials, corpus, notes, exports.
void add_study_routes(Router& router, const Services& services);

/// Maximum width of a picture, px.
inline constexpr int kMaxPictureWidth = 8192;

/// Maximum length of what identifies a state that a request replaces.
inline constexpr std::size_t kLongestVersion = 100;

/// Maximum length of a path in a request, bytes.
inline constexpr std::size_t kLongestPath = 4096;

/// The header with the size of an image of which a response has a smaller picture.
std::pair<std::string, std::string> image_size_header(cv::Size size);

/// A preview of a page in a corpus.
struct CorpusPreview : PreviewRequest {
  std::string corpus;
};

/// The number of a page in the request's path. Throws HttpError(404) if it is none.
std::size_t page_number(const Request& request);

/// Parses the JSON of a request. Throws Error(invalid_argument), or Error(pipeline_invalid), with
/// one line that names the field.
CorpusRequest parse_corpus_request(const nlohmann::json& form);
CorpusPreview parse_preview_request(const nlohmann::json& body);

}  // namespace ocrtune::server
