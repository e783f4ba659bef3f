#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace ocrtune {

/// What to do about an ocrtune without the page of reports and of the server.
inline constexpr std::string_view kBuildWithPage =
    "build it again where Node.js 18.13 or later and npm are found";

/// The page that reports are made of, HTML with a place for a study's data; empty where this
/// program was built without it (OCRTUNE_WEB in cmake/web.cmake).
std::string_view report_html();

/// Throws Error(dependency_missing) where `html` is empty.
void require_report_html(std::string_view html);

/// JSON as it may stand inside a script element of HTML: `<`, `>`, `&` and the line ends of Unicode
/// as \u escapes, which mean the same in JSON's strings, outside of which they don't occur. Pure.
std::string html_safe_json(std::string_view json);

/// `html` with the data in its place, the element whose content is __STUDY_DATA__. Throws
/// Error(dependency_missing) where `html` is empty or has no such place.
std::string report_page(std::string_view html, const nlohmann::json& data);

}  // namespace ocrtune
