#include "ocrtune/workflow/file_failure.h"

#include <fmt/format.h>

#include "ocrtune/base/files.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/corpus/page_output.h"
#include "ocrtune/execution/failure_text.h"

namespace ocrtune::workflow {

std::string failure_of(const Problem& problem, const std::filesystem::path& file) {
  const std::string line = line_of(problem);
  const std::string name = shown(file) + ": ";
  return line.starts_with(name) ? line.substr(name.size()) : line;
}

std::string failure_of(const Page& page, const std::string& reason) {
  std::string alone = reason_alone(page, reason);
  if (page_mark(page).empty()) return alone;
  return fmt::format("{}: {}", tr("page {}", page.index + 1), alone);
}

}  // namespace ocrtune::workflow
