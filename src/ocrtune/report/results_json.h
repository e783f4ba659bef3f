#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "ocrtune/report/comparison.h"
#include "ocrtune/report/evaluation.h"
#include "ocrtune/report/ocr_trust.h"
#include "ocrtune/report/page_choice.h"
#include "ocrtune/report/pareto_front.h"
#include "ocrtune/report/summary.h"
#include "ocrtune/report/warnings.h"

namespace ocrtune {

// Results as JSON, for `--json`.

nlohmann::json pareto_json(const ParetoFront& front);

nlohmann::json comparison_json(const std::vector<ComparedPipeline>& pipelines,
                               const std::vector<std::string>& names, Measure by);

nlohmann::json reading_trust_json(const OcrTrust& trust);

nlohmann::json evaluation_json(const Evaluation& evaluation);

/// A list of {"code", "severity", "text", "values", "pages"}.
nlohmann::json warnings_json(const std::vector<Warning>& warnings);

nlohmann::json summary_json(const Summary& summary);

nlohmann::json page_choice_json(const PageChoice& choice);

}  // namespace ocrtune
