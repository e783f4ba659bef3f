#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/report/trial_csv.h"
#include "ocrtune/storage/storage.h"

namespace ocrtune {

/// configuration.csv (`;`, UTF-8, header line); docs/reference/csv.md describes the columns of all
/// CSV files.
std::string configuration_csv(const StudyDefinition& definition);

/// One row per point and page, the Python design's columns first: the output of `score`.
std::string scores_csv(const StudyDefinition& definition, const std::vector<Trial>& trials);

/// The text of one of the files of export_study; nothing for other names.
std::optional<std::string> study_csv(const Storage& study, std::string_view name);

/// Writes trials.csv, pages.csv, timings.csv, configuration.csv, pruned.csv and pareto.csv into
/// `folder`, each completely or not at all, with few trials in memory at a time. Returns their
/// names.
std::vector<std::string> export_study(const Storage& study, const std::filesystem::path& folder);

}  // namespace ocrtune
