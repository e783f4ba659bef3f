#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "ocrtune/report/page_choice.h"
#include "ocrtune/report/summary.h"
#include "ocrtune/study/storage.h"

namespace ocrtune {

/// The content of a study, read once, and the results derived from it.
struct StudyFindings {
  StudyDefinition definition;
  std::vector<Trial> trials;
  std::vector<PrunedTrial> pruned;
  Confirmations validations;
  Summary summary;
  PageChoice choice;  ///< empty if it is not available
};

/// Reads a study. Throws Error(study_error) if it has no finished baseline yet or is damaged.
StudyFindings study_findings(const Storage& study);

/// The content of a report except pictures: StudyData of web/src/contract/study_data.ts. `name` is
/// the study's file name. Means and values of parameters have six significant digits, values of
/// single pages four. Throws Error(study_error) if the study is damaged.
nlohmann::json study_data(const Storage& study, const StudyFindings& findings,
                          const std::string& name);

/// The same as compact JSON in UTF-8; invalid UTF-8 becomes U+FFFD.
std::string study_data_text(const nlohmann::json& data);

/// The current data of a study, without pictures, as compact JSON. Errors as study_findings.
std::string study_data_text(const Storage& study, const std::string& name);

}  // namespace ocrtune
