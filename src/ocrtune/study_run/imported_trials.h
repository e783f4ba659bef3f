#pragma once

#include <cstddef>

#include "ocrtune/study/definition.h"

namespace ocrtune::workflow {

/// What StudyDefinition::program begins with if the study's first trials were imported from results
/// of the Python design.
inline constexpr const char* kImportedFrom = "OCR quality audit, imported by ";

/// True if the trial was imported: it has no scores but those of the Python design, and where that
/// wrote none for single pages, each page has the mean of all.
bool is_imported(const StudyDefinition& definition, std::size_t trial);

}  // namespace ocrtune::workflow
