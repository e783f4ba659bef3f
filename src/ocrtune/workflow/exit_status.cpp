#include "ocrtune/workflow/exit_status.h"

#include <array>

#include "ocrtune/base/translation.h"

namespace ocrtune {

std::span<const ExitStatusText> all_exit_statuses() {
  static constexpr std::array<ExitStatusText, 8> kAll{
      {{ExitStatus::success, tr_noop("success")},
       {ExitStatus::usage_error, tr_noop("usage error")},
       {ExitStatus::input_unreadable, tr_noop("unreadable input (some or all; the rest is done)")},
       {ExitStatus::dependency_missing, tr_noop("missing dependency or language")},
       {ExitStatus::pipeline_invalid, tr_noop("invalid pipeline")},
       {ExitStatus::study_error, tr_noop("study, storage or output error")},
       {ExitStatus::limit_reached, tr_noop("limit reached")},
       {ExitStatus::interrupted, tr_noop("interrupted (run the same command again to resume)")}}};
  return kAll;
}

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
