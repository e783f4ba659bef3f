#pragma once

#include <map>
#include <string>

#include "ocrtune/storage/claims.h"

namespace ocrtune {

/// Stores the settings of a SharedJournal and, by language, the identities of models; those that it
/// has already are compared. The caller holds the transaction. Throws Error(study_error) with a
/// phrase that does not name the journal if they differ, or as SqlStatement.
void keep_settings(PreparedStatements& statements, const std::string& settings,
                   const std::map<std::string, std::string>& models);

}  // namespace ocrtune
