#include "ocrtune/workflow/apply.h"

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <system_error>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/workflow/apply_pages.h"
#include "ocrtune/workflow/document_output.h"
#include "ocrtune/workflow/page_applier.h"
#include "ocrtune/workflow/read.h"
#include "ocrtune/workflow/shared_apply.h"
#include "ocrtune/workflow/workspace.h"

namespace ocrtune::workflow {
namespace {

/// The options for what is written into a folder, that of the document if there is one.
ApplyOptions for_folder(ApplyOptions options, const std::optional<DocumentOutput>& document) {
  if (options.workspace && document)
    throw OptionError(Errc::invalid_argument, "workspace", "", tr("needs an output folder"));
  if (options.workspace) return workspace_options(std::move(options));
  if (!document) return options;
  options.output = document->folder.string();
  options.formats = {document->format};
  return options;
}

/// Writes the document, if that is not done page by page, and removes what was kept for it, unless
/// pages without a result are to be tried again.
void finish(const DocumentOutput& document, const Corpus& corpus, const Applied& applied,
            bool omit_blank, bool is_whole) {
  if (document.format == kTextFormat) {
    std::set<std::string> left_out;
    if (omit_blank) {
      applied.each_page([&](const AppliedPage& page) {
        if (page.is_blank()) left_out.insert(page.page);
      });
    }
    join_texts(document, corpus, [&](const Page& page) { return left_out.contains(page.name); });
  }
  std::error_code ignored;
  if (is_whole) std::filesystem::remove_all(document.folder, ignored);
}

}  // namespace

Applied apply(const ApplyOptions& given, const Events& events) {
  check_fields(given);
  const std::optional<DocumentOutput> document = document_output(given);
  const ApplyOptions options = for_folder(given, document);
  if (given.journal) return shared_apply(given, events);
  PageApplier applier(options, events, document);
  LoadedPages loaded = load_pages(outside_of(given.output, options.pages), events, applier.plan(),
                                  applier.tessdata(), applier.in_colour());
  applier.names().leave_out(loaded, events);
  Applied result = apply_pages(applier, options, loaded, events);
  if (events.stopped()) return result;
  if (options.workspace)
    Workspace(options.output).write_mets(loaded.corpus.pages(), options.formats);
  if (document)
    finish(*document, loaded.corpus, result, options.omit_blank,
           result.left_out == loaded.left_out);
  return result;
}

}  // namespace ocrtune::workflow
