#include "ocrtune/server/ground_truth.h"

#include "ocrtune/base/files.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/image/url.h"
#include "ocrtune/server/message.h"
#include "ocrtune/transcript/transcript.h"
#include "ocrtune/workflow/page_output.h"

namespace ocrtune::server {
namespace fs = std::filesystem;

fs::path truth_file_of(const Page& page, const Roots& roots) {
  if (!page.truth_file.empty() && is_document_name(page.truth_file)) {
    throw HttpError(409, tr("the ground truth of this page is in {}, which has more than its text; "
                            "correct it with a program for such files",
                            shown(page.truth_file.filename())));
  }
  const int count = workflow::page_mark(page).empty() ? 1 : 2;
  fs::path file =
      page.truth_file.empty() ? new_truth_file(page.file, page.index, count) : page.truth_file;
  const bool is_local = !page.file.empty() && !is_url(page.file.native());
  std::error_code ignored;
  const bool is_inside = is_local && roots.contains(file.parent_path()) &&
                         (!fs::exists(fs::symlink_status(file, ignored)) || roots.contains(file));
  if (!is_inside) throw HttpError(403, tr("the folder of this page is not one of this server's"));
  return file;
}

std::optional<Truth> truth_in(const fs::path& file) {
  std::error_code ignored;
  if (!fs::exists(file, ignored)) return std::nullopt;
  return Truth{.text = read_transcript(file).text, .file = file};
}

std::string truth_version(const std::optional<Truth>& truth) {
  Page page;
  if (truth) page.truth = truth->text;
  return page.truth_hash();
}

}  // namespace ocrtune::server
