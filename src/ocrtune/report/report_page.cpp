#include "ocrtune/report/report_page.h"

#include <fmt/format.h>

#include "ocrtune/base/embedded_file.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/report/study_data.h"

namespace ocrtune {

/// The template report.html; none in a build without it.
const std::vector<EmbeddedFile>& report_files();

std::string_view report_html() {
  return report_files().empty() ? std::string_view() : report_files().front().bytes;
}

void require_report_html(std::string_view html) {
  if (!html.empty()) return;
  throw Error(Errc::dependency_missing,
              tr("this ocrtune was built without the report page: {}", translated(kBuildWithPage)));
}

std::string html_safe_json(std::string_view json) {
  constexpr std::string_view kLineSeparator = "\xe2\x80\xa8";
  constexpr std::string_view kParagraphSeparator = "\xe2\x80\xa9";
  std::string safe;
  safe.reserve(json.size());
  for (std::size_t at = 0; at < json.size(); ++at) {
    const char c = json[at];
    const std::string_view rest = json.substr(at, kLineSeparator.size());
    if (c == '<') {
      safe += "\\u003c";
    } else if (c == '>') {
      safe += "\\u003e";
    } else if (c == '&') {
      safe += "\\u0026";
    } else if (rest == kLineSeparator || rest == kParagraphSeparator) {
      safe += rest == kLineSeparator ? "\\u2028" : "\\u2029";
      at += rest.size() - 1;
    } else {
      safe += c;
    }
  }
  return safe;
}

std::string report_page(std::string_view html, const nlohmann::json& data) {
  constexpr std::string_view kPlace = ">__STUDY_DATA__<";
  require_report_html(html);
  const std::size_t place = html.find(kPlace);
  if (place == std::string_view::npos) {
    throw Error(Errc::dependency_missing,
                tr("the report page built into this ocrtune has no placeholder for the data"));
  }
  std::string page(html.substr(0, place + 1));
  page += html_safe_json(study_data_text(data));
  page += html.substr(place + kPlace.size() - 1);
  return page;
}

}  // namespace ocrtune
