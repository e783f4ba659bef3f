#include "ocrtune/workflow/report_file.h"

#include <fmt/format.h>

#include <filesystem>

#include "ocrtune/base/files.h"
#include "ocrtune/report/report_page.h"
#include "ocrtune/report/report_pictures.h"

namespace ocrtune::workflow {

bool can_report() { return !report_html().empty(); }

void require_report() { require_report_html(report_html()); }

WrittenReport write_report(const Storage& study, const ReportFile& file, const Events& events) {
  events.progress({"making the report"});
  const StudyFindings findings = study_findings(study);
  nlohmann::json data =
      study_data(study, findings, shown(std::filesystem::path(file.study).filename()));
  WrittenReport written;
  if (file.pictures) {
    ReportPictures pictures = report_pictures(
        findings, {.tessdata = file.tessdata, .plan = file.plan}, *events.stop,
        [&](std::size_t done, std::size_t all) {
          events.progress({fmt::format("pictures: {}/{} pages", done, all), done, all});
        });
    written.pictures = pictures.pictures.size();
    written.missing = pictures.missing;
    data["pictures"] = std::move(pictures.pictures);
  } else {
    written.missing = "made without pictures (--no-pictures)";
  }
  if (!written.missing.empty()) data["pictures_missing"] = written.missing;
  if (*events.stop) return written;
  const std::string page = report_page(report_html(), data);
  written.bytes = page.size();
  write_atomically(file.output, page);
  return written;
}

}  // namespace ocrtune::workflow
