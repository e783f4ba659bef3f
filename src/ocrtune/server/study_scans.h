#pragma once

#include <atomic>
#include <filesystem>
#include <nlohmann/json_fwd.hpp>

#include "ocrtune/server/roots.h"
#include "ocrtune/storage/storage.h"

namespace ocrtune::server {

/// study_scans of api.schema.json: how many pages of the study have their scan where the study
/// says, in the roots, and the first place where there is none.
nlohmann::json study_scans(const StudyDefinition& study, const Roots& roots);

/// Looks for the scans of the study's pages below `folder`, files of the same names and pixels, and
/// writes their places, and those of their ground truth, into the study. Returns study_scans().
/// Throws HttpError(404) if none is there, Error(study_error).
nlohmann::json locate_scans(Storage& study, const std::filesystem::path& folder,
                            const Roots& roots);

}  // namespace ocrtune::server
