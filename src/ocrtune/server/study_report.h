#pragma once

#include <atomic>
#include <string>

#include "ocrtune/server/study_book.h"

namespace ocrtune::server {

/// The report of a study as one HTML file, with pictures of pages where their files are still
/// there; these are left out where `stop` becomes true. Throws HttpError(404),
/// Error(dependency_missing) where this program was built without the page, Error(study_error).
std::string study_report(StudyBook& studies, const std::string& id, const std::atomic<bool>& stop);

}  // namespace ocrtune::server
