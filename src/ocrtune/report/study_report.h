#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>

#include "ocrtune/report/report_pictures.h"
#include "ocrtune/storage/storage.h"

namespace ocrtune {

/// The report of a study.
struct StudyReport {
  std::string html;          ///< one file
  std::size_t pictures = 0;  ///< pages shown before and after
  std::string missing;       ///< why some pictures are missing, one line; else empty
};

/// Creates the report. `name` is the study's file name. Without `pictures`, it has no pictures.
/// `stop` and `progress` are as in report_pictures. Throws Error(dependency_missing) if this
/// program was built without the report page, Error(study_error) if the study has no baseline yet
/// or is damaged.
StudyReport study_report(
    const Storage& study, const std::string& name, const std::optional<PictureOptions>& pictures,
    const std::atomic<bool>& stop,
    const std::function<void(std::size_t done, std::size_t all)>& progress = [](auto, auto) {});

}  // namespace ocrtune
