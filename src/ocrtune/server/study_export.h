#pragma once

#include <atomic>
#include <string>

#include "ocrtune/server/message.h"
#include "ocrtune/server/study_book.h"

namespace ocrtune::server {

/// A file of a study to keep: ExportName of web/src/contract/api.ts. The CSV texts are what
/// `ocrtune export` writes. Throws HttpError(404) for a name or a study that isn't there,
/// HttpError(409) where there is nothing to keep, Error(study_error). `stop`: the server ends.
Response study_export(StudyBook& studies, const std::string& id, const std::string& name,
                      const std::atomic<bool>& stop);

/// The value of Content-Disposition that makes a browser keep a file under `name`, UTF-8.
std::string attachment(const std::string& name);

}  // namespace ocrtune::server
