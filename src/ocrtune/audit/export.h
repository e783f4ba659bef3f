#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "ocrtune/storage/storage.h"

namespace ocrtune {

/// A file of the Python design (OCR quality audit).
struct AuditFile {
  std::string name;  ///< with the local time at which the study was created
  std::string text;
};

/// The files that the Python design would write for these trials: a row for each point, the
/// configuration with the baseline, and the log of times, with its names, separators and number
/// formats. The trials have their steps (TrialSteps::read). Throws Error(invalid_argument) if the
/// pipeline, or one of its free parameters, does not exist in that design.
std::vector<AuditFile> audit_files(const StudyDefinition& definition,
                                   const std::vector<Trial>& trials);

/// True if the Python design has such a pipeline with these free parameters, so that audit_files()
/// throws nothing. Thread-safe.
bool has_audit_files(const StudyDefinition& definition);

/// These files for a study. Throws as audit_files.
std::vector<AuditFile> audit_files(const Storage& study);

/// Writes these files into `folder`, each completely or not at all. Returns their names. Throws as
/// audit_files, and Error(output_unwritable).
std::vector<std::string> export_audit(const Storage& study, const std::filesystem::path& folder);

}  // namespace ocrtune
