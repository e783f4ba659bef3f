#include "ocrtune/corpus/remote_copy.h"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <system_error>

#include "ocrtune/base/cache_folder.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/corpus/remote_files.h"
#include "ocrtune/corpus/url.h"
#include "ocrtune/image/format.h"

namespace ocrtune {
namespace fs = std::filesystem;

fs::path place_of_copy(const std::string& url) {
  const fs::path folder = cache_folder();
  return folder.empty() ? folder : folder / "pages" / url_cache_name(url);
}

bool is_offline() {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): nobody sets it while pages are read
  return std::getenv(kOfflineVariable) != nullptr;
}

bool is_copy_there(const fs::path& copy) {
  std::error_code ignored;
  return fs::is_regular_file(copy, ignored);
}

void require_online(const std::string& url) {
  if (is_offline())
    cannot_download(url, tr("it is not in the cache, and {} is set", kOfflineVariable));
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

DownloadLimits limits_of_pages(const DecodeLimits& limits) {
  return {.max_bytes = limits.max_file_bytes,
          .most = [](std::span<const std::byte> beginning) -> std::uint64_t {
            return format_of(beginning) == Format::unknown ? 0 : kAnyNumber;
          }};
}

std::string as_text(std::span<const std::byte> bytes) {
  std::string text(bytes.size(), '\0');
  std::ranges::transform(bytes, text.begin(),
                         [](std::byte byte) { return static_cast<char>(byte); });
  return text;
}

}  // namespace ocrtune
