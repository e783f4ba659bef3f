#include "ocrtune/server/study_notes.h"

#include <system_error>

#include "ocrtune/base/files.h"
#include "ocrtune/server/message.h"
#include "ocrtune/server/study_files.h"

namespace ocrtune::server {
namespace fs = std::filesystem;
namespace {

fs::path notes_file(const fs::path& folder, const std::string& id) {
  (void)study_file(folder, id);
  return folder / ".ocrtune" / "notes" / (id + ".txt");
}

}  // namespace

std::string read_notes(const fs::path& folder, const std::string& id) {
  const fs::path file = notes_file(folder, id);
  std::error_code failure;
  if (!fs::exists(file, failure)) return "";
  return read_text(file, kMostNoteBytes, Errc::study_error);
}

void write_notes(const fs::path& folder, const std::string& id, const std::string& text) {
  const fs::path file = notes_file(folder, id);
  if (text.size() > kMostNoteBytes) throw HttpError(413, "notes have at most 64 KiB");
  make_folder(file.parent_path());
  write_atomically(file, text);
}

}  // namespace ocrtune::server
