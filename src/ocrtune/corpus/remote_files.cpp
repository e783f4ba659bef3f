#include "ocrtune/corpus/remote_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <span>
#include <string>
#include <system_error>

#include "ocrtune/base/cache_folder.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/input_folders.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/corpus/download.h"
#include "ocrtune/corpus/url.h"
#include "ocrtune/image/format.h"

namespace ocrtune {
namespace fs = std::filesystem;
namespace {

/// Where the copy of a URL is or would be; empty if there is no cache.
fs::path place_of_copy(const std::string& url) {
  const fs::path folder = cache_folder();
  return folder.empty() ? folder : folder / "pages" / url_cache_name(url);
}

fs::path copy_of(const std::string& url) {
  check_url(url);
  // Nor is a copy used: a password may have been needed for it.
  if (are_inputs_confined())
    cannot_download(url, tr("only files in some folders may be read ({})", kInputFoldersVariable));
  fs::path copy = place_of_copy(url);
  if (copy.empty())
    cannot_download(url, tr("there is no folder for the copy; set OCRTUNE_CACHE to one"));
  return copy;
}

bool is_offline() {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): nobody sets it while pages are read
  return std::getenv(kOfflineVariable) != nullptr;
}

bool is_file(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored);
}

Download downloaded(const std::string& url, const DownloadLimits& limits) {
  if (is_offline())
    cannot_download(url, tr("it is not in the cache, and {} is set", kOfflineVariable));
  return download(url, limits);
}

void keep_copy(const fs::path& copy, const Download& content) {
  make_folder(copy.parent_path());
  if (content.needed_password)
    write_private(copy, content.bytes);
  else
    write_atomically(copy, std::span<const std::byte>(content.bytes));
}

bool is_whole_page_file(std::span<const std::byte> bytes) {
  const Format format = format_of(bytes);
  if (format == Format::unknown) return false;
  try {
    check_complete(format, bytes);
  } catch (const Error&) {
    return false;
  }
  return true;
}

}  // namespace

std::vector<std::byte> read_page_file(const fs::path& file, const DecodeLimits& limits) {
  const std::string& url = file.native();
  if (!is_url(url)) return read_input_bytes(file, limits.max_file_bytes);
  const fs::path copy = copy_of(url);
  if (is_file(copy)) return read_bytes(copy, limits.max_file_bytes);
  Download content = downloaded(
      url, {.max_bytes = limits.max_file_bytes, .wants = [](std::span<const std::byte> beginning) {
              return format_of(beginning) != Format::unknown;
            }});
  if (is_whole_page_file(content.bytes)) keep_copy(copy, content);
  return std::move(content.bytes);
}

Transcript read_truth(const fs::path& file) {
  const std::string& url = file.native();
  if (!is_url(url)) return read_transcript(file);
  const fs::path copy = copy_of(url);
  const bool is_kept = is_file(copy);
  const std::uint64_t limit = transcript_limit(copy);
  const Download content =
      is_kept ? Download{.bytes = read_bytes(copy, limit)} : downloaded(url, {.max_bytes = limit});
  std::string text(content.bytes.size(), '\0');
  std::ranges::transform(content.bytes, text.begin(),
                         [](std::byte byte) { return static_cast<char>(byte); });
  try {
    Transcript transcript = parse_transcript(std::move(text), copy);
    if (!is_kept) keep_copy(copy, content);
    return transcript;
  } catch (const Error& error) {
    if (error.code() != Errc::input_unreadable) throw;
    throw Error(error.code(), fmt::format("{}: {}", quotable(url, 300), error.what()));
  }
}

std::optional<fs::path> local_file(const fs::path& file) {
  if (!is_url(file.native())) return file;
  const fs::path copy = place_of_copy(file.native());
  return is_file(copy) ? std::optional(copy) : std::nullopt;
}

bool is_to_be_downloaded(const fs::path& file) {
  return is_url(file.native()) && !is_offline() && !is_file(place_of_copy(file.native()));
}

}  // namespace ocrtune
