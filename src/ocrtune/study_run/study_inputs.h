#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "ocrtune/study/definition.h"

namespace ocrtune::workflow {

/// The inputs for loading a study's pages, including validation pages: their files or, if language
/// and ground truth do not follow from these, a manifest that is written to `manifest`. Throws
/// Error(study_error) if the study does not know the files of its pages, Error(output_unwritable).
std::vector<std::string> study_inputs(const StudyDefinition& definition,
                                      const std::filesystem::path& manifest);

}  // namespace ocrtune::workflow
