#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "ocrtune/evaluator/memory.h"
#include "ocrtune/report/study_data.h"

namespace ocrtune {

/// A page that a report shows before and after.
struct PicturedPage {
  bool held_out = false;
  std::size_t page = 0;    ///< in its list
  std::size_t number = 0;  ///< of the trial that made the image after; not 0
  double gain = 0;         ///< of the first objective, positive is better
  PageScores before;
  PageScores after;
};

/// The four pages that gained most and the four that lost most, or gained least, of those tuned on
/// and those held out together; the one that gained most comes first. What is compared with the
/// baseline is the recommended point or, where that is the baseline itself, the reading that the
/// choice by page keeps. Empty where nothing differs from the baseline. Pure.
std::vector<PicturedPage> pictured_pages(const StudyFindings& findings);

struct PictureOptions {
  std::string tessdata;  ///< folder of the .traineddata files; empty: Tesseract's own
  MemoryPlan plan;
};

struct ReportPictures {
  nlohmann::json pictures = nlohmann::json::array();  ///< Picture[] of study_data.ts
  std::string missing;  ///< why there are fewer than there should be, one line; else empty
};

/// Loads the pictured pages' files, where they still show what the study was made with, prepares
/// and reads them as the study did. Pages that can't be shown are told of in `missing`. `progress`
/// gets how many of how many pages are done. `stop` may become true meanwhile: then pages are left
/// out. Throws Error(study_error) where the study's own texts can't be understood.
ReportPictures report_pictures(
    const StudyFindings& findings, const PictureOptions& options, const std::atomic<bool>& stop,
    const std::function<void(std::size_t done, std::size_t all)>& progress);

}  // namespace ocrtune
