#include "ocrtune/catalogue/stamped_cache.h"

#include <fmt/format.h>

#include <system_error>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/program_file.h"
#include "ocrtune/base/version.h"
#include "ocrtune/catalogue/study_files.h"

namespace ocrtune {
namespace fs = std::filesystem;
namespace {

constexpr std::uint64_t kCacheLimit = 1'000'000'000;

/// Identifies this program's file, because another build may compute other results.
std::string program_identity() {
  try {
    const FileStamp stamp = stamp_of(program_file());
    return fmt::format("{}-{}-{}", program_version(), stamp.bytes, stamp.modified_ns);
  } catch (const Error&) {
    return std::string(program_version());
  }
}

/// The text behind the first line of `file`; if `first_line` is given, only if it is that one.
std::optional<std::string> text_in(const fs::path& file,
                                   const std::optional<std::string>& first_line) {
  std::error_code failure;
  if (!fs::is_regular_file(file, failure)) return std::nullopt;
  try {
    std::string text = read_text(file, kCacheLimit);
    const std::size_t end = text.find('\n');
    if (end == std::string::npos) return std::nullopt;
    if (first_line && text.compare(0, end, *first_line) != 0) return std::nullopt;
    text.erase(0, end + 1);
    return text;
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace

StampedCache::StampedCache(fs::path folder)
    : folder_(std::move(folder)), program_(program_identity()) {}

fs::path StampedCache::file(const std::string& id, const char* what) const {
  return folder_ / fmt::format("{}.{}", id, what);
}

void StampedCache::keep(const std::string& id, const char* what, const std::string& stamp,
                        const std::string& text) const {
  try {
    make_folder(folder_);
    write_atomically(file(id, what), fmt::format("{} {}\n{}", program_, stamp, text));
  } catch (const Error&) {
    return;  // it is computed again
  }
}

std::optional<std::string> StampedCache::find(const std::string& id, const char* what,
                                              const std::string& stamp) const {
  return text_in(file(id, what), program_ + " " + stamp);
}

std::optional<std::string> StampedCache::latest(const std::string& id, const char* what) const {
  return text_in(file(id, what), std::nullopt);
}

}  // namespace ocrtune
