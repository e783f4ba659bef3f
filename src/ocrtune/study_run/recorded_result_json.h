#pragma once

#include <string>
#include <string_view>

#include "ocrtune/apply/recorded_page.h"

namespace ocrtune::workflow {

/// An OCR result as a study keeps it. Its pipeline and use are not in it.
std::string recorded_result_text(const RecordedResult& result);

/// The OCR result from recorded_result_text(). Throws Error(study_error) if it is none.
RecordedResult parse_recorded_result(std::string_view text);

}  // namespace ocrtune::workflow
