#pragma once

#include <nlohmann/json_fwd.hpp>

#include "ocrtune/workflow/apply.h"
#include "ocrtune/workflow/clean.h"
#include "ocrtune/workflow/compare.h"
#include "ocrtune/workflow/evaluate.h"
#include "ocrtune/workflow/import_points.h"
#include "ocrtune/workflow/optimize.h"
#include "ocrtune/workflow/read.h"
#include "ocrtune/workflow/score.h"
#include "ocrtune/workflow/train.h"
#include "ocrtune/workflow/tune.h"
#include "ocrtune/workflow/worker.h"

namespace ocrtune::workflow {

/// Results of workflows in JSON, as `--json` prints them and the functions of Python return them.
nlohmann::json result_json(const PageRead& read);
/// A list with an entry for each trial, the baseline first.
nlohmann::json result_json(const Scored& scored);
/// `found` of these options.
nlohmann::json result_json(const TuneOptions& options, const Tuned& found);
/// The summary, which must be there, and the Pareto front of several objectives.
nlohmann::json result_json(const StudyResult& result);
/// The summary of all pages done.
nlohmann::json result_json(const Applied& applied);
/// A list of pages and files.
nlohmann::json result_json(const Cleaned& cleaned);
/// The pipelines' scores, and their differences page by page.
nlohmann::json result_json(const Compared& compared);
/// Error rates of these options.
nlohmann::json result_json(const EvaluateOptions& options, const Evaluated& evaluated);
/// Number of points, and the file of these options.
nlohmann::json result_json(const ImportOptions& options, const Imported& imported);
/// What came of each engine's model.
nlohmann::json result_json(const Trained& trained);
/// Number of pages.
nlohmann::json result_json(const WorkerResult& result);

}  // namespace ocrtune::workflow
