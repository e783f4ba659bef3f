#include "ocrtune/corpus/redirect.h"

#include <curl/curl.h>

#include <memory>
#include <new>

#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {
namespace {

/// Empty if there is none.
std::string part(CURLU* url, CURLUPart which) {
  char* text = nullptr;
  if (curl_url_get(url, which, &text, 0) != CURLUE_OK) return "";
  const std::unique_ptr<char, void (*)(void*)> owned(text, curl_free);
  return text;
}

bool is_https(CURLU* url) { return lower_case(part(url, CURLUPART_SCHEME)) == "https"; }

}  // namespace

Redirect redirect(const std::string& url, const std::string& location) {
  const std::unique_ptr<CURLU, void (*)(CURLU*)> target(curl_url(), curl_url_cleanup);
  if (!target) throw std::bad_alloc();
  Redirect other_protocol{
      .url = "", .refusal = tr("it is redirected to another protocol, which is not allowed")};
  Redirect invalid{.url = "", .refusal = tr("it is redirected to what is not a valid URL")};
  if (curl_url_set(target.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK) return invalid;
  const bool was_https = is_https(target.get());
  const CURLUcode code =
      curl_url_set(target.get(), CURLUPART_URL, location.c_str(), CURLU_URLENCODE);
  if (code == CURLUE_OUT_OF_MEMORY) throw std::bad_alloc();
  if (code == CURLUE_UNSUPPORTED_SCHEME) return other_protocol;
  if (code != CURLUE_OK) return invalid;
  const std::string scheme = lower_case(part(target.get(), CURLUPART_SCHEME));
  if (scheme != "https" && (scheme != "http" || was_https)) return other_protocol;
  if (!part(target.get(), CURLUPART_USER).empty() ||
      !part(target.get(), CURLUPART_PASSWORD).empty())
    return {.url = "",
            .refusal = tr("it is redirected to a URL with a user name or a password, which is not "
                          "allowed")};
  return {.url = part(target.get(), CURLUPART_URL), .refusal = ""};
}

}  // namespace ocrtune
