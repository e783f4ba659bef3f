#include "ocrtune/workflow/exit_status.h"

namespace ocrtune {

ExitStatus exit_status_of(Errc code) {
  switch (code) {
    case Errc::invalid_argument:
    case Errc::not_found:
      return ExitStatus::usage_error;
    case Errc::input_unreadable:
      return ExitStatus::input_unreadable;
    case Errc::dependency_missing:
      return ExitStatus::dependency_missing;
    case Errc::pipeline_invalid:
      return ExitStatus::pipeline_invalid;
    case Errc::study_error:
    case Errc::output_unwritable:
      return ExitStatus::study_error;
    case Errc::limit_reached:
      return ExitStatus::limit_reached;
    case Errc::interrupted:
      return ExitStatus::interrupted;
  }
  return ExitStatus::study_error;
}

}  // namespace ocrtune
