#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace ocrtune {

/// The bytes that tell what a content is.
inline constexpr std::size_t kBeginning = 4096;

/// How long and how often a download is tried; docs/reference/pages.md states the same numbers.
struct DownloadLimits {
  std::uint64_t max_bytes = 0;                ///< a longer content is an error
  std::chrono::milliseconds connect{20'000};  ///< until there is a connection
  std::chrono::seconds slow{60};              ///< of less than slow_rate in a row
  int slow_rate = 1000;                       ///< bytes/s
  int redirects = 10;                         ///< at most
  int attempts = 4;                           ///< if failures may be transient
  std::chrono::milliseconds pause{1000};      ///< before the second attempt; doubled each time
  std::chrono::milliseconds longest_pause{60'000};  ///< of those that a server asks for
  std::chrono::milliseconds interval{200};          ///< between requests to a host (host_turns.h)
  /// How many bytes a content may have that begins with these kBeginning bytes; 0: the rest is not
  /// wanted, and the beginning is all there is. Null: max_bytes.
  std::uint64_t (*most)(std::span<const std::byte> beginning) = nullptr;
};

/// What has come of a URL.
struct Download {
  std::vector<std::byte> bytes;
  bool needed_password = false;  ///< one was sent to a server, so that others may not see it
};

/// Downloads a checked URL (check_url). At most four downloads are made at a time; others
/// wait. Requests to one host have limits.interval between them, and wait for as long as it asks
/// one of them to. A host to which there is no connection after all attempts is not tried again for
/// a minute.
/// User name and password are those of ~/.netrc, proxies those of the environment (https_proxy).
/// Throws Error(input_unreadable), "URL: can't be downloaded: REASON". Thread-safe.
Download download(const std::string& url, const DownloadLimits& limits);

/// The same; nothing if the server answers that it has no such thing (HTTP status 400, 403, 404,
/// 405, 410, 501). Thread-safe.
std::optional<Download> find_download(const std::string& url, const DownloadLimits& limits);

/// Throws Error(input_unreadable): "URL: can't be downloaded: WHY".
[[noreturn]] void cannot_download(const std::string& url, const std::string& why);

}  // namespace ocrtune
