#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"

namespace ocrtune::server {

/// An Error with the HTTP status of its response.
class HttpError : public Error {
 public:
  HttpError(int http_status, const std::string& message)
      : Error(Errc::invalid_argument, message), http_status_(http_status) {}

  [[nodiscard]] int http_status() const { return http_status_; }

 private:
  int http_status_;
};

/// The HTTP status of the response to an error of the library.
int http_status_of(const Error& error);

/// Input of a handler.
struct Request {  // NOLINT(bugprone-exception-escape): json's destructor allocates
  std::map<std::string, std::string> parameters;  ///< of the path, decoded
  std::map<std::string, std::string> query;       ///< decoded; the last one of repeated names
  nlohmann::json json;                            ///< the body, if the route accepts JSON
  std::filesystem::path upload;  ///< the body, if the route accepts a file; deleted afterwards
};

/// Reads the body of a request in pieces. Throws HttpError: 413 if it is longer than `limit` bytes,
/// immediately if its declared length is; 400 if it is malformed or incomplete.
using BodyReader =
    std::function<void(std::uint64_t limit, const std::function<void(std::string_view)>& take)>;

/// Returns the next piece of an event stream, without waiting: leaves `piece` empty if there is
/// none, and returns false to end the stream. Called from one thread at a time; must not throw.
using EventSource = std::function<bool(std::string& piece)>;

/// Passes a body to `sink`, piece by piece, so that it is never in memory as a whole. Called from a
/// thread of its own; what it throws, or the sink, ends the connection before the body's end.
using BodyMaker = std::function<void(const TextSink& sink)>;

/// Output of a handler.
struct Response {
  int status = 200;
  std::string type = "application/json";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers = {};
  EventSource events = {};  ///< if set, a stream of server-sent events instead of `body`
  BodyMaker maker = {};     ///< if set, what it makes instead of `body`
};

/// A JSON response; invalid UTF-8 (in file names) becomes U+FFFD.
Response json_response(const nlohmann::json& body, int status = 200);

/// A header with which browsers save the response under `name`, UTF-8.
std::pair<std::string, std::string> attachment(const std::string& name);

/// {"error": line}, without control characters in the line.
Response error_response(int status, const std::string& line);

}  // namespace ocrtune::server
