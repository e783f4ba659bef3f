#pragma once

#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "ocrtune/analysis/best_so_far.h"
#include "ocrtune/storage/storage.h"

namespace ocrtune {

/// study_entry of api.schema.json of a study of which nothing is known yet.
nlohmann::json empty_entry(const std::string& id, const std::string& name);

/// Adds what the definition of a study has.
void add_definition(nlohmann::json& entry, const StudyDefinition& definition);

/// The results in an entry of a study that is being written.
nlohmann::json live_results(const BestSoFar& so_far);

/// The results in an entry, of all trials of a study; no field if there is no finished trial.
/// `at_trial` is called for each trial that is read; what it throws ends the reading. Throws
/// Error(study_error).
nlohmann::json whole_results(
    const Storage& study, const std::function<void()>& at_trial = [] {});

}  // namespace ocrtune
