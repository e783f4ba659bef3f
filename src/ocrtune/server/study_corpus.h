#pragma once

#include <string>

#include "ocrtune/server/run_routes.h"

namespace ocrtune::server {

/// The id of a corpus with a study's pages: that of the newest run on it, or one that is made of
/// where the study says its pages are. Throws HttpError(404) where there is no such study,
/// HttpError(409) where the study doesn't know or they are outside the server's folders.
std::string study_corpus(const RunServices& services, const std::string& id);

}  // namespace ocrtune::server
