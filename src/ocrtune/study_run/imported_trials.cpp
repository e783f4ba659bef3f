#include "ocrtune/study_run/imported_trials.h"

#include <optional>

#include "ocrtune/study/program_changes.h"

namespace ocrtune::workflow {

bool is_imported(const StudyDefinition& definition, std::size_t trial) {
  if (!definition.program.starts_with(kImportedFrom)) return false;
  const std::optional<std::size_t> change = first_change(definition.program);
  return !change || trial < *change;
}

}  // namespace ocrtune::workflow
