#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace ocrtune {

/// True for what begins with http:// or https://, in any case: an input that is downloaded.
bool is_url(std::string_view text);

/// Throws Error(input_unreadable), "URL: REASON", if `url` is not well-formed, has a user name or
/// a password, which the message does not show, has a fragment (#…), or is longer than 4096 bytes.
/// Thread-safe.
void check_url(const std::string& url);

/// "HOST" or "HOST:PORT" of a checked URL, in lower case. Thread-safe.
std::string url_host(const std::string& url);

/// The name of the page at a checked URL: "HOST/PATH", escapes decoded, without parts and
/// characters that have a meaning in file names, and with what tells its query from others:
/// "https://example.org/iiif/a%20b.jpg?page=2" is "example.org/iiif/a b-page=2.jpg". The last part
/// has the extension of a page file, or no dot. Thread-safe.
std::string url_name(const std::string& url);

/// The relative path under which the content of a checked URL is cached: "HOST/HASH.EXTENSION" with
/// the extension of the URL's path, if it has one. Thread-safe.
std::filesystem::path url_cache_name(const std::string& url);

}  // namespace ocrtune
