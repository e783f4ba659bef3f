#include "ocrtune/study_run/imported_trials.h"

#include <string>
#include <string_view>

#include "ocrtune/base/text.h"

namespace ocrtune::workflow {

bool is_imported(const StudyDefinition& definition, std::size_t trial) {
  // As with_program() writes it.
  constexpr std::string_view kFrom = "; from trial ";
  const std::string_view programs = definition.program;
  if (!programs.starts_with(kImportedFrom)) return false;
  const std::size_t change = programs.find(kFrom);
  if (change == std::string_view::npos) return true;
  const std::string_view rest = programs.substr(change + kFrom.size());
  long long first = 0;
  return parse_number(rest.substr(0, rest.find(':')), first) &&
         trial < static_cast<std::size_t>(first);
}

}  // namespace ocrtune::workflow
