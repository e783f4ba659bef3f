#pragma once

#include <atomic>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "ocrtune/execution/memory.h"
#include "ocrtune/report/study_data.h"

namespace ocrtune {

/// A page that a report shows before and after preprocessing.
struct PicturedPage {
  bool held_out = false;
  std::size_t page = 0;    ///< index in its list
  std::size_t number = 0;  ///< of the trial that made the second image; not 0
  double gain = 0;         ///< of the first objective, positive is better
  PageScores before;
  PageScores after;
};

/// The four pages with the largest gains and the four with the largest losses or smallest gains, of
/// tuning and validation pages together; the largest gain comes first. The baseline is compared
/// with the best point. Empty if that is the baseline itself. Pure.
std::vector<PicturedPage> pictured_pages(const StudyFindings& findings);

struct PictureOptions {
  std::string tessdata;  ///< folder of the .traineddata files; empty: Tesseract's default
  MemoryPlan plan;
  /// Whether a file that the study names may be read.
  std::function<bool(const std::filesystem::path&)> may_read = [](const auto&) { return true; };
};

struct ReportPictures {
  nlohmann::json pictures = nlohmann::json::array();  ///< picture[] of study-data.schema.json
  std::string missing;  ///< why there are fewer than expected, one line; else empty
};

/// Loads the pictured pages' files, if they are unchanged since the study, and preprocesses and
/// recognizes them as in the study. `missing` names pages that cannot be shown. `progress` gets the
/// number of pages done and of all. If `stop` becomes true meanwhile, pages are left out. Throws
/// Error(study_error) if the study's own texts are invalid.
ReportPictures report_pictures(
    const StudyFindings& findings, const PictureOptions& options, const std::atomic<bool>& stop,
    const std::function<void(std::size_t done, std::size_t all)>& progress);

}  // namespace ocrtune
