#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "ocrtune/base/events.h"
#include "ocrtune/execution/memory.h"
#include "ocrtune/storage/storage.h"

namespace ocrtune::workflow {

/// Options for writing a report.
struct ReportFile {
  std::string study;   ///< the study's file
  std::string output;  ///< an HTML file
  bool pictures = true;
  std::string tessdata;  ///< models for the texts of the pictures; empty: Tesseract's default
                         ///< folder
  MemoryPlan plan;
};

/// Result of writing a report.
struct WrittenReport {
  std::size_t bytes = 0;
  std::size_t pictures = 0;  ///< pages shown before and after
  std::string missing;       ///< why some pictures are missing, one line; else empty
};

/// True if this program contains the report page.
bool can_report();

/// Throws Error(dependency_missing) if it does not.
void require_report();

/// Writes the report of a study. Writes nothing if it is stopped (Events::stop). Throws
/// Error(dependency_missing) if !can_report(), Error(study_error) if the study has no baseline yet
/// or the file cannot be written.
WrittenReport write_report(const Storage& study, const ReportFile& file, const Events& events);

}  // namespace ocrtune::workflow
