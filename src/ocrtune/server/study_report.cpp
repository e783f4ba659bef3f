#include "ocrtune/server/study_report.h"

#include <utility>

#include "ocrtune/base/resources.h"
#include "ocrtune/report/report_page.h"
#include "ocrtune/report/report_pictures.h"
#include "ocrtune/report/study_data.h"

namespace ocrtune::server {

std::string study_report(StudyBook& studies, const std::string& id, const std::atomic<bool>& stop) {
  require_report_html(report_html());
  const std::unique_ptr<Storage> study = studies.view(id);
  const auto turn = studies.long_work();
  const StudyFindings findings = study_findings(*study);
  nlohmann::json data = study_data(*study, findings, id + ".db");
  const Resources machine = machine_resources();
  // Runs may be at work beside it, so it takes a quarter of what is free.
  const PictureOptions options{
      .tessdata = "", .plan = plan_memory(machine.available_bytes / 4, default_workers(machine))};
  ReportPictures pictures =
      report_pictures(findings, options, stop, [](std::size_t, std::size_t) {});
  data["pictures"] = std::move(pictures.pictures);
  if (!pictures.missing.empty()) data["pictures_missing"] = pictures.missing;
  return report_page(report_html(), data);
}

}  // namespace ocrtune::server
