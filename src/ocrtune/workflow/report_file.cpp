#include "ocrtune/workflow/report_file.h"

#include <fmt/format.h>

#include "ocrtune/base/files.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/report/report_page.h"
#include "ocrtune/report/study_report.h"

namespace ocrtune::workflow {

bool can_report() { return !report_html().empty(); }

void require_report() { require_report_html(report_html()); }

WrittenReport write_report(const Storage& study, const ReportFile& file, const Events& events) {
  events.progress({tr("writing the report")});
  std::optional<PictureOptions> pictures;
  if (file.pictures) pictures = {.tessdata = file.tessdata, .plan = file.plan};
  const StudyReport report =
      study_report(study, study_name(file.study), pictures, *events.stop,
                   [&](std::size_t done, std::size_t all) {
                     events.progress({tr("report: {}/{} pages", done, all), done, all});
                   });
  WrittenReport written{.pictures = report.pictures, .missing = report.missing};
  if (*events.stop) return written;
  written.bytes = report.html.size();
  write_atomically(file.output, report.html);
  return written;
}

}  // namespace ocrtune::workflow
