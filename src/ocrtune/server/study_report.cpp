#include "ocrtune/server/study_report.h"

namespace ocrtune::server {

std::string study_report(StudyBook& studies, const std::string& id, bool at_work) {
  return studies.data(id, at_work);
}

}  // namespace ocrtune::server
