#include "ocrtune/corpus/url.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <new>
#include <vector>

#include "ocrtune/base/error.h"
#include "ocrtune/base/hash.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/image/format.h"

namespace ocrtune {
namespace {

constexpr std::size_t kLongestUrl = 4096;
/// A longer part of a page's name is shortened: file systems allow 255 bytes, with an extension.
constexpr std::size_t kLongestPart = 120;
/// A longer query is in the name only by its hash.
constexpr std::size_t kLongestQuery = 60;
constexpr std::size_t kLongestExtension = 8;

class ParsedUrl {
 public:
  explicit ParsedUrl(const std::string& text) : url_(curl_url(), curl_url_cleanup) {
    if (!url_) throw std::bad_alloc();
    is_valid_ = text.find('\0') == std::string::npos &&
                curl_url_set(url_.get(), CURLUPART_URL, text.c_str(), 0) == CURLUE_OK;
  }

  [[nodiscard]] bool is_valid() const { return is_valid_; }

  /// Empty if there is none.
  [[nodiscard]] std::string part(CURLUPart which) const {
    char* text = nullptr;
    if (curl_url_get(url_.get(), which, &text, 0) != CURLUE_OK) return "";
    const std::unique_ptr<char, void (*)(void*)> owned(text, curl_free);
    return text;
  }

  [[nodiscard]] bool has(CURLUPart which) const {
    char* text = nullptr;
    const bool found = curl_url_get(url_.get(), which, &text, 0) == CURLUE_OK;
    curl_free(text);
    return found;
  }

 private:
  std::unique_ptr<CURLU, void (*)(CURLU*)> url_;
  bool is_valid_ = false;
};

/// The URL for messages, without what may be a user name and a password.
std::string without_user(const std::string& url, bool is_valid) {
  const std::size_t begin = url.find("://") + 3;
  const std::size_t end = is_valid ? url.find_first_of("/?#", begin) : std::string::npos;
  const std::size_t at = url.substr(0, end).rfind('@');
  const bool has_user = at != std::string::npos && at >= begin;
  return quotable(has_user ? url.substr(0, begin) + url.substr(at + 1) : url, 300);
}

/// With its escapes (%20) decoded, if the result is UTF-8.
std::string unescaped(const std::string& text) {
  int size = 0;
  const std::unique_ptr<char, void (*)(void*)> plain(
      curl_easy_unescape(nullptr, text.data(), static_cast<int>(text.size()), &size), curl_free);
  if (!plain) throw std::bad_alloc();
  std::string result(plain.get(), static_cast<std::size_t>(size));
  return is_utf8(result) ? result : text;
}

/// A part of a URL as a file name: not hidden, and without characters that have a meaning there.
std::string file_name_of(const std::string& part) {
  std::string name = unescaped(part);
  for (char& c : name) {
    const auto byte = static_cast<unsigned char>(c);
    constexpr std::string_view kSpecial = "/\\?*:\"<>|#";
    if (byte < 0x20 || byte == 0x7f || kSpecial.find(c) != std::string_view::npos) c = '_';
  }
  if (name.starts_with('.')) name[0] = '_';
  return name.size() <= kLongestPart ? name : content_hash(part).text();
}

/// What a name has of a query: the query itself if that is short and plain.
std::string query_mark(std::string query) {
  if (query.empty()) return "";
  const bool plain = query.size() <= kLongestQuery && std::ranges::all_of(query, [](char c) {
                       return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                              (c >= '0' && c <= '9') || c == '=' || c == '-' || c == '_' ||
                              c == '&';
                     });
  if (!plain) return "-" + content_hash(query).text().substr(0, 16);
  std::ranges::replace(query, '&', ',');
  return "-" + query;
}

std::string host_of(const ParsedUrl& parsed) {
  const std::string port = parsed.part(CURLUPART_PORT);
  return lower_case(parsed.part(CURLUPART_HOST)) + (port.empty() ? "" : ":" + port);
}

}  // namespace

bool is_url(std::string_view text) {
  const std::string start = lower_case(text.substr(0, 8));
  return start.starts_with("http://") || start == "https://";
}

void check_url(const std::string& url) {
  const ParsedUrl parsed(url);
  const auto refuse = [&](const std::string& why) {
    throw Error(Errc::input_unreadable,
                fmt::format("{}: {}", without_user(url, parsed.is_valid()), why));
  };
  if (url.size() > kLongestUrl) refuse(tr("is longer than a URL may be: {} bytes", kLongestUrl));
  if (!parsed.is_valid() || !is_utf8(url)) refuse(tr("is not a valid URL"));
  if (parsed.has(CURLUPART_USER) || parsed.has(CURLUPART_PASSWORD))
    refuse(tr("a URL may not have a user name or a password; write them into ~/.netrc"));
  if (parsed.has(CURLUPART_FRAGMENT))
    refuse(tr("names a part of a page (#…); only whole pages can be downloaded"));
}

std::string url_host(const std::string& url) { return host_of(ParsedUrl(url)); }

std::string url_name(const std::string& url) {
  const ParsedUrl parsed(url);
  std::vector<std::string> parts{file_name_of(host_of(parsed))};
  for (const std::string& part : split(parsed.part(CURLUPART_PATH), '/')) {
    if (!part.empty()) parts.push_back(file_name_of(part));
  }
  // Outputs replace an extension; what only looks like one tells pages apart.
  const std::string extension = std::filesystem::path(parts.back()).extension().string();
  const bool is_kept = is_page_extension(extension);
  std::string& last = parts.back();
  if (is_kept)
    last.resize(last.size() - extension.size());
  else
    std::ranges::replace(last, '.', '_');
  last += query_mark(parsed.part(CURLUPART_QUERY)) + (is_kept ? extension : "");
  return joined(parts, "/");
}

std::filesystem::path url_cache_name(const std::string& url) {
  const ParsedUrl parsed(url);
  const std::filesystem::path path = parsed.part(CURLUPART_PATH);
  const std::string extension = lower_case(path.extension().string());
  const bool plain =
      extension.size() <= kLongestExtension && std::ranges::all_of(extension, [](char c) {
        return c == '.' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      });
  return std::filesystem::path(file_name_of(host_of(parsed))) /
         (content_hash(url).text() + (plain ? extension : ""));
}

}  // namespace ocrtune
