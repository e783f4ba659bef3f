#include "ocrtune/catalogue/study_files.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <system_error>

#include "ocrtune/base/error.h"
#include "ocrtune/base/file_state.h"
#include "ocrtune/base/folder_entries.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kLongestName = 100;

}  // namespace

bool may_be_name(std::string_view name) {
  if (name.empty() || name.size() > kLongestName || !is_utf8(name)) return false;
  if (std::string_view("./- ").find(name.front()) != std::string_view::npos) return false;
  if (name.back() == ' ') return false;
  return std::ranges::none_of(name, [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f || c == '/' || c == '\\';
  });
}

void check_study_id(std::string_view id) {
  if (may_be_name(id)) return;
  throw Error(Errc::invalid_argument,
              tr("`{}` is not a valid study name: at most {} bytes, no /, \\ or control "
                 "characters, and no ., - or space at the beginning",
                 quotable(id, 60), kLongestName));
}

FileStamp stamp_of(const fs::path& file) {
  struct stat about {};
  // A link could lead outside of the folder.
  if (::lstat(file.c_str(), &about) != 0 || !S_ISREG(about.st_mode)) {
    throw Error(Errc::not_found, tr("no such study: {}", quotable(file.stem().string(), 60)));
  }
  FileStamp stamp{.bytes = static_cast<std::uint64_t>(about.st_size),
                  .modified_ns = modified_ns(about)};
  struct stat log {};
  if (::stat((file.string() + "-wal").c_str(), &log) == 0 && log.st_size > 0) {
    stamp.log_bytes = static_cast<std::uint64_t>(log.st_size);
    stamp.modified_ns = std::max(stamp.modified_ns, modified_ns(log));
  }
  return stamp;
}

fs::path study_file(const fs::path& folder, const std::string& id) {
  check_study_id(id);
  fs::path file = folder / (id + ".db");
  (void)stamp_of(file);
  return file;
}

std::vector<std::string> study_ids(const fs::path& folder) {
  std::vector<std::string> ids;
  std::error_code failure;
  for (const fs::directory_entry& entry : entries_of(folder, failure)) {
    const std::string name = entry.path().filename().string();
    struct stat about {};
    if (name.starts_with('.') || entry.path().extension() != ".db") continue;
    if (::lstat(entry.path().c_str(), &about) != 0 || !S_ISREG(about.st_mode)) continue;
    ids.push_back(entry.path().stem().string());
  }
  std::ranges::sort(ids);
  return ids;
}

}  // namespace ocrtune
