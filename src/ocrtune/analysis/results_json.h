#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "ocrtune/analysis/comparison.h"
#include "ocrtune/analysis/evaluation.h"
#include "ocrtune/analysis/ocr_trust.h"
#include "ocrtune/analysis/pareto_front.h"
#include "ocrtune/analysis/summary.h"
#include "ocrtune/analysis/verdict.h"
#include "ocrtune/analysis/warnings.h"

namespace ocrtune {

// Results as JSON, for `--json`.

nlohmann::json pareto_json(const ParetoFront& front);

nlohmann::json comparison_json(const std::vector<ComparedPipeline>& pipelines,
                               const std::vector<std::string>& names, Measure by);

nlohmann::json ocr_trust_json(const OcrTrust& trust);

nlohmann::json evaluation_json(const Evaluation& evaluation);

/// A list of {"code", "severity", "text", "values", "pages"}.
nlohmann::json warnings_json(const std::vector<Warning>& warnings);

nlohmann::json summary_json(const Summary& summary);

/// The verdict as a study keeps it, in no language.
nlohmann::json verdict_json(const Verdict& verdict);

/// The same with its "text", verdict_text() in the language of this thread: as results have it
/// (docs/reference/json.md).
nlohmann::json verdict_result_json(const Verdict& verdict);

/// The same with its "text" by the tag of each language, for pages whose reader chooses one.
nlohmann::json verdict_page_json(const Verdict& verdict);

}  // namespace ocrtune
