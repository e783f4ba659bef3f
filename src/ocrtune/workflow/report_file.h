#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "ocrtune/evaluator/memory.h"
#include "ocrtune/study/storage.h"
#include "ocrtune/workflow/events.h"

namespace ocrtune::workflow {

/// A report that is to be written.
struct ReportFile {
  std::string study;   ///< the study's file
  std::string output;  ///< an HTML file
  bool pictures = true;
  std::string tessdata;  ///< for the pictures' texts; empty: Tesseract's own folder
  MemoryPlan plan;
};

/// What was written.
struct WrittenReport {
  std::size_t bytes = 0;
  std::size_t pictures = 0;  ///< pages shown before and after
  std::string missing;       ///< why some aren't, one line; or empty
};

/// True where this program has the page that reports are made of.
bool can_report();

/// Throws Error(dependency_missing) where it hasn't.
void require_report();

/// Makes the report of a study and writes it. Nothing is written where it is stopped meanwhile
/// (Events::stop). Throws Error(dependency_missing) where !can_report(), Error(study_error) where
/// the study has no baseline yet or the file can't be written.
WrittenReport write_report(const Storage& study, const ReportFile& file, const Events& events);

}  // namespace ocrtune::workflow
