#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "ocrtune/study/definition.h"

namespace ocrtune::workflow {

/// What a corpus of a study's pages, tuned on and held out, is loaded from: their files, or, where
/// language and truth don't follow from these, a manifest that is written as `manifest`. Throws
/// Error(study_error) where the study doesn't say where its pages are, Error(output_unwritable).
std::vector<std::string> study_inputs(const StudyDefinition& definition,
                                      const std::filesystem::path& manifest);

}  // namespace ocrtune::workflow
