#pragma once

#include <nlohmann/json_fwd.hpp>

#include "ocrtune/apply/journal.h"
#include "ocrtune/apply/summary.h"

namespace ocrtune {

// The result of a page in JSON, for `--json`.

/// The fields of the record that users see.
nlohmann::json applied_json(const AppliedPage& page);

nlohmann::json summary_json(const ApplySummary& summary);

}  // namespace ocrtune
