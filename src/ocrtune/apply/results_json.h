#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "ocrtune/apply/journal.h"
#include "ocrtune/apply/page_reasons.h"
#include "ocrtune/apply/summary.h"

namespace ocrtune {

// The result of a page in JSON, for `--json` and for journals.

/// The fields of the record that users see.
nlohmann::json applied_json(const AppliedPage& page);

/// Reasons as they were measured, for journals.
nlohmann::json measured_reasons_json(const std::vector<PageReason>& reasons);

/// The same with what they say and advise, in the language of this thread.
nlohmann::json reasons_json(const std::vector<PageReason>& reasons);

/// What either of these gave; without kinds that only a later version knows. Throws
/// nlohmann::json::exception if it is damaged.
std::vector<PageReason> reasons_of_json(const nlohmann::json& array);

/// A line of a journal, without its end: what page_of_line() gives back.
std::string line_of_page(const AppliedPage& page);

/// Throws nlohmann::json::exception if the line is damaged.
AppliedPage page_of_line(const std::string& line);

/// `pages`: all in the corpus's order; none if they are in a shared journal.
nlohmann::json summary_json(const ApplySummary& summary, const EachAppliedPage& pages);

}  // namespace ocrtune
