#include "ocrtune/server/ground_truth.h"

#include "ocrtune/base/files.h"
#include "ocrtune/base/hash.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/corpus/page_output.h"
#include "ocrtune/documents/corrected_page.h"
#include "ocrtune/documents/transcript.h"
#include "ocrtune/server/message.h"

namespace ocrtune::server {
namespace fs = std::filesystem;

void require_inside(const Roots& roots, const fs::path& file) {
  std::error_code ignored;
  const bool is_inside = file.is_absolute() && roots.contains(file.parent_path()) &&
                         (!fs::exists(fs::symlink_status(file, ignored)) || roots.contains(file));
  if (!is_inside) throw HttpError(403, tr("the folder of this page is not one of this server's"));
}

fs::path truth_file_of(const Page& page, const Roots& roots) {
  const int count = page_mark(page).empty() ? 1 : 2;
  fs::path file =
      page.truth_file.empty() ? new_truth_file(page.file, page.index, count) : page.truth_file;
  require_inside(roots, file);
  return file;
}

std::optional<Truth> truth_in(const fs::path& file) {
  std::error_code ignored;
  if (!fs::exists(file, ignored)) return std::nullopt;
  return Truth{.text = read_transcript(file).text, .file = file};
}

void write_truth(const fs::path& file, const std::string& text) {
  if (!is_document_name(file)) {
    write_atomically(file, text);
    return;
  }
  const std::string document = read_input_text(file, transcript_limit(file));
  if (parse_document(document).format != TranscriptFormat::page) {
    throw HttpError(409, tr("the ground truth of this page is in {}; of such files, only PAGE XML "
                            "can be corrected here",
                            shown(file.filename())));
  }
  std::string corrected;
  try {
    corrected = corrected_page(document, text);
  } catch (const Error& error) {
    throw HttpError(409, tr("{}: {}", shown(file.filename()), error.what()));
  }
  write_atomically(file, corrected);
}

std::string truth_version(const Page& page, const std::optional<std::string>& truth) {
  Page with_truth{.name = page.name, .truth = truth};
  return content_hash(page.name + " " + page.identity().text() + " " + with_truth.truth_hash())
      .text();
}

}  // namespace ocrtune::server
