#pragma once

#include <nlohmann/json_fwd.hpp>

#include "ocrtune/apply/journal.h"
#include "ocrtune/apply/summary.h"

namespace ocrtune {

// What was found, as `--json` gives it.

/// What users are shown of it.
nlohmann::json applied_json(const AppliedPage& page);

nlohmann::json summary_json(const ApplySummary& summary);

}  // namespace ocrtune
