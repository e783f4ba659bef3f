#include "ocrtune/server/study_export.h"

#include <fmt/format.h>

#include <string_view>

#include "ocrtune/base/text.h"
#include "ocrtune/report/csv_export.h"
#include "ocrtune/report/pareto_front.h"
#include "ocrtune/report/step_table.h"
#include "ocrtune/server/study_report.h"

namespace ocrtune::server {
namespace {

bool is_csv(const std::string& name) {
  return name == "trials.csv" || name == "pages.csv" || name == "timings.csv" ||
         name == "pruned.csv" || name == "pareto.csv";
}

std::string csv_of(const Storage& study, const std::string& name) {
  const StudyDefinition& definition = study.definition();
  if (name == "pruned.csv") return pruned_csv(definition, study.pruned());
  const std::vector<Trial> trials = study.trials();
  if (name == "trials.csv") return trials_csv(definition, trials);
  if (name == "pages.csv") return pages_csv(definition, trials);
  if (name == "timings.csv") return timings_csv(definition, trials, StepTable(study));
  return pareto_csv(pareto_front(definition, trials));
}

bool is_plain_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_' || c == '.';
}

}  // namespace

std::string attachment(const std::string& name) {
  // As RFC 6266 has it: a name of plain letters, and the real one percent-encoded.
  std::string plain;
  std::string encoded;
  for (const char c : name) {
    plain += is_plain_name(c) ? c : '_';
    encoded += is_plain_name(c) ? std::string(1, c)
                                : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return fmt::format("attachment; filename=\"{}\"; filename*=UTF-8''{}", plain, encoded);
}

Response study_export(StudyBook& studies, const std::string& id, const std::string& name,
                      const std::atomic<bool>& stop) {
  Response response;
  if (is_csv(name)) {
    response.type = "text/csv; charset=utf-8";
    response.body = csv_of(*studies.view(id), name);
  } else if (name == "best.toml") {
    response.type = "application/toml";
    response.body = studies.best_toml(id);
  } else if (name == "portfolio.toml") {
    response.type = "application/toml";
    response.body = studies.portfolio_toml(id);
  } else if (name == "report.html") {
    response.type = "text/html; charset=utf-8";
    response.body = study_report(studies, id, stop);
  } else {
    throw HttpError(404, fmt::format("there is no export {}", quotable(name, 60)));
  }
  response.headers.emplace_back("Content-Disposition", attachment(id + "-" + name));
  return response;
}

}  // namespace ocrtune::server
