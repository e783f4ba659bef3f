#pragma once

#include "ocrtune/server/context.h"
#include "ocrtune/server/corpora.h"
#include "ocrtune/server/page_images.h"
#include "ocrtune/server/previews.h"
#include "ocrtune/server/router.h"

namespace ocrtune::server {

// Each adds the addresses of one group (docs/api.md). What they are given outlives the router.

/// The server itself, stages, presets, samplers, objectives, and pipelines in both forms.
void add_information_routes(Router& router, const ServerContext& context);

/// Folders, uploads, corpora, and their pages' pictures and readings.
void add_corpus_routes(Router& router, const ServerContext& context, Corpora& corpora,
                       PageImages& images);

/// What a pipeline makes of a page: its picture and its reading.
void add_preview_routes(Router& router, Previews& previews);

}  // namespace ocrtune::server
