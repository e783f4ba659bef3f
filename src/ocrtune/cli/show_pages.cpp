#include "ocrtune/cli/show_pages.h"

#include <filesystem>
#include <nlohmann/json.hpp>
#include <system_error>

#include "ocrtune/apply/journal.h"
#include "ocrtune/apply/journal_pages.h"
#include "ocrtune/apply/results_json.h"
#include "ocrtune/apply/summary.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"

namespace ocrtune::cli {

bool is_applied_folder(const std::string& name) {
  std::error_code ignored;
  return std::filesystem::is_regular_file(journal_file(name), ignored);
}

ExitStatus show_pages(const std::string& folder, std::size_t top, Context& context) {
  const ApplySummary found = summary_of(journal_pages(folder), 0, top);
  if (context.json) {
    nlohmann::json pages = nlohmann::json::array();
    for (const AppliedPage& page : found.worst) pages.push_back(applied_json(page));
    context.print(json_text({{"count", found.count},
                             {"blank", found.blank},
                             {"expected_cer", found.expected_cer},
                             {"pages", std::move(pages)}}));
    return ExitStatus::success;
  }
  std::string text = tr("{}; expected character errors: {:.1f} %\n", counted(found.count, "page"),
                        100 * found.expected_cer);
  if (found.blank > 0) text += tr("blank: {}\n", counted(found.blank, "page"));
  for (const AppliedPage& page : found.worst) {
    text += localized("{:6.1f} %  {}\n", 100 * page.expected_cer, quotable(page.page, 200));
    for (const PageReason& reason : page.reasons)
      text += fmt::format("          {}: {}\n", reason_text(reason), reason_advice(reason));
  }
  context.print(text);
  return ExitStatus::success;
}

}  // namespace ocrtune::cli
