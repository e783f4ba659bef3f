#include "ocrtune/server/request_head.h"

#include <boost/beast/http/field.hpp>
#include <string>

#include "ocrtune/base/translation.h"
#include "ocrtune/server/message.h"

namespace ocrtune::server {
namespace http = boost::beast::http;
namespace {

template <class Text>
std::string text_of(const Text& text) {
  return {text.data(), text.size()};
}

}  // namespace

RequestHead head_of(const HttpRequest& request) {
  return {.method = text_of(request.method_string()),
          .host = text_of(request[http::field::host]),
          .origin = text_of(request[http::field::origin]),
          .has_origin = request.count(http::field::origin) > 0,
          .authorization = text_of(request[http::field::authorization]),
          .cookie = text_of(request[http::field::cookie]),
          .content_type = text_of(request[http::field::content_type]),
          .accept_language = text_of(request[http::field::accept_language]),
          .has_requested_with = request.count("X-Requested-With") > 0};
}

void check_single(const HttpRequest& request) {
  for (const char* name :
       {"Host", "Origin", "Authorization", "Content-Length", "Content-Type", "Transfer-Encoding"}) {
    if (request.count(name) <= 1) continue;
    throw HttpError(400, tr("the header {} is given twice", name));
  }
  if (request.count(http::field::content_encoding) > 0) {
    throw HttpError(415, tr("the request body must not be compressed"));
  }
  if (request.count(http::field::transfer_encoding) > 0 && !request.chunked()) {
    throw HttpError(400, tr("Transfer-Encoding must be chunked"));
  }
}

}  // namespace ocrtune::server
