#pragma once

#include <string>

#include "ocrtune/study/trial.h"

namespace ocrtune {

/// A page's result as JSON text, complete: every score and time, bit for bit.
std::string page_result_text(const PageResult& result);

/// The result that page_result_text() wrote. Throws Error(study_error) for any other text.
PageResult parse_page_result(const std::string& text);

/// A point as JSON text, its values bit for bit.
std::string point_text(const Point& point);

/// The point that point_text() wrote. Throws Error(study_error) for any other text.
Point parse_point(const std::string& text);

}  // namespace ocrtune
