#include "ocrtune/corpus/remote_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <string>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/input_folders.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/corpus/download.h"
#include "ocrtune/corpus/image_service.h"
#include "ocrtune/corpus/remote_copy.h"
#include "ocrtune/corpus/url.h"

namespace ocrtune {
namespace fs = std::filesystem;
namespace {

constexpr std::uint64_t kMaxInfoBytes = 1'000'000;

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

Download downloaded(const std::string& url, const DownloadLimits& limits) {
  require_online(url);
  return download(url, limits);
}

/// The largest image of a service that can be had.
Download downloaded_image(const std::string& info_url, const DecodeLimits& limits) {
  require_online(info_url);
  const auto info = find_download(info_url, {.max_bytes = kMaxInfoBytes});
  const std::vector<std::string> urls =
      image_urls(info_url, info ? as_text(info->bytes) : "", limits);
  for (std::size_t i = 0; i + 1 < urls.size(); ++i)
    if (auto image = find_download(urls[i], limits_of_pages(limits))) return std::move(*image);
  return download(urls.back(), limits_of_pages(limits));
}

}  // namespace

std::vector<std::byte> read_page_file(const fs::path& file, const DecodeLimits& limits) {
  const std::string& url = file.native();
  if (!is_url(url)) return read_input_bytes(file, limits.max_file_bytes);
  const fs::path copy = copy_of(url);
  if (is_copy_there(copy)) return read_bytes(copy, limits.max_file_bytes);
  Download content =
      is_image_info(url) ? downloaded_image(url, limits) : downloaded(url, limits_of_pages(limits));
  if (is_whole_page_file(content.bytes)) keep_copy(copy, content);
  return std::move(content.bytes);
}

Transcript read_truth(const fs::path& file) {
  const std::string& url = file.native();
  if (!is_url(url)) return read_transcript(file);
  const fs::path copy = copy_of(url);
  const bool is_kept = is_copy_there(copy);
  const std::uint64_t limit = transcript_limit(copy);
  const Download content =
      is_kept ? Download{.bytes = read_bytes(copy, limit)} : downloaded(url, {.max_bytes = limit});
  try {
    Transcript transcript = parse_transcript(as_text(content.bytes), copy);
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
  return is_copy_there(copy) ? std::optional(copy) : std::nullopt;
}

bool is_to_be_downloaded(const fs::path& file) {
  return is_url(file.native()) && !is_offline() && !is_copy_there(place_of_copy(file.native()));
}

}  // namespace ocrtune
