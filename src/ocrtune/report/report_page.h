#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "ocrtune/base/translation.h"

namespace ocrtune {

/// Advice for an ocrtune that was built without the web interface and the report page.
inline constexpr std::string_view kBuildWithPage =
    tr_noop("rebuild it where Node.js 18.13 or later and npm are available");

/// The HTML template of reports, with a place for a study's data; empty if this program was built
/// without it (OCRTUNE_WEB in cmake/web.cmake).
std::string_view report_html();

/// Throws Error(dependency_missing) if `html` is empty.
void require_report_html(std::string_view html);

/// JSON that is safe inside a script element of HTML: `<`, `>`, `&` and Unicode's line ends become
/// \u escapes, which are equivalent in JSON strings; they do not occur outside of strings. Pure.
std::string html_safe_json(std::string_view json);

/// `html` with the data in the element whose content is __STUDY_DATA__. Throws
/// Error(dependency_missing) if `html` is empty or has no such element.
std::string report_page(std::string_view html, const nlohmann::json& data);

}  // namespace ocrtune
