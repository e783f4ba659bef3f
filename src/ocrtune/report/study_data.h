#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "ocrtune/report/page_choice.h"
#include "ocrtune/report/summary.h"
#include "ocrtune/study/storage.h"

namespace ocrtune {

/// All that a study holds, read once, and what follows from it.
struct StudyFindings {
  StudyDefinition definition;
  std::vector<Trial> trials;
  std::vector<PrunedTrial> pruned;
  Confirmations validations;
  Summary summary;
  PageChoice choice;  ///< empty where nothing can be told of it
};

/// Reads a study. Throws Error(study_error) where it has no finished baseline yet or is damaged.
StudyFindings study_findings(const Storage& study);

/// What a report shows of a study, but for pictures: StudyData of web/src/contract/study_data.ts.
/// `name` is the study's file name. Means and values of parameters have six significant digits,
/// what single pages have four. Throws Error(study_error) where the study is damaged.
nlohmann::json study_data(const Storage& study, const StudyFindings& findings,
                          const std::string& name);

/// The same as compact JSON in UTF-8; what isn't UTF-8 in it becomes U+FFFD.
std::string study_data_text(const nlohmann::json& data);

/// The data of a study as it is now, without pictures, as compact JSON. Errors as study_findings.
std::string study_data_text(const Storage& study, const std::string& name);

}  // namespace ocrtune
