#include "ocrtune/report/study_report.h"

#include <utility>

#include "ocrtune/base/translation.h"
#include "ocrtune/report/report_page.h"
#include "ocrtune/report/study_data.h"

namespace ocrtune {

StudyReport study_report(const Storage& study, const std::string& name,
                         const std::optional<PictureOptions>& pictures,
                         const std::atomic<bool>& stop,
                         const std::function<void(std::size_t, std::size_t)>& progress) {
  require_report_html(report_html());
  const StudyFindings findings = study_findings(study);
  nlohmann::json data = study_data(findings, name);
  StudyReport report{.html = "", .missing = tr("made without pictures")};
  if (pictures) {
    ReportPictures made = report_pictures(findings, *pictures, stop, progress);
    report.pictures = made.pictures.size();
    report.missing = std::move(made.missing);
    data["pictures"] = std::move(made.pictures);
  }
  if (!report.missing.empty()) data["pictures_missing"] = report.missing;
  report.html = report_page(report_html(), data);
  return report;
}

}  // namespace ocrtune
