#pragma once

/// @namespace ocrtune
/// The library: pages, pipelines of stages, OCR engines, scores, samplers and studies.

/// @namespace ocrtune::workflow
/// The commands: each is a function of a struct of options and of Events.

/// @file
/// The public headers of the library (examples/library has programs that use them).

#include "ocrtune/apply/ocr_formats.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/version.h"
#include "ocrtune/corpus/corpus.h"
#include "ocrtune/corpus/open_pages.h"
#include "ocrtune/documents/ocr_result.h"
#include "ocrtune/image/encode.h"
#include "ocrtune/metrics/error_rate.h"
#include "ocrtune/ocr/engines/engine_registry.h"
#include "ocrtune/pipeline/pipeline.h"
#include "ocrtune/pipeline/pipeline_file.h"
#include "ocrtune/pipeline/portfolio.h"
#include "ocrtune/pipeline/presets.h"
#include "ocrtune/pipeline/recipe.h"
#include "ocrtune/search/samplers/registry.h"
#include "ocrtune/stages/registry.h"
#include "ocrtune/storage/storage.h"
#include "ocrtune/study_run/asked_study.h"
#include "ocrtune/workflow/apply.h"
#include "ocrtune/workflow/clean.h"
#include "ocrtune/workflow/compare.h"
#include "ocrtune/workflow/evaluate.h"
#include "ocrtune/workflow/import_points.h"
#include "ocrtune/workflow/optimize.h"
#include "ocrtune/workflow/read.h"
#include "ocrtune/workflow/reader.h"
#include "ocrtune/workflow/score.h"
#include "ocrtune/workflow/screen.h"
#include "ocrtune/workflow/submit.h"
#include "ocrtune/workflow/tune.h"
#include "ocrtune/workflow/worker.h"
