#pragma once

#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/message.hpp>

#include "ocrtune/server/request_guard.h"

namespace ocrtune::server {

/// A request as it was parsed, without its body.
using HttpRequest = boost::beast::http::request<boost::beast::http::buffer_body>;

/// The headers that decide on its access.
RequestHead head_of(const HttpRequest& request);

/// Throws HttpError(400) if a header is given twice that may be once, or the coding of the body is
/// not chunked; HttpError(415) if it is compressed.
void check_single(const HttpRequest& request);

}  // namespace ocrtune::server
