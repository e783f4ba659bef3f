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

namespace ocrtune::server {

/// An Error that says which HTTP status it is answered with.
class HttpError : public Error {
 public:
  HttpError(int http_status, const std::string& message)
      : Error(Errc::invalid_argument, message), http_status_(http_status) {}

  [[nodiscard]] int http_status() const { return http_status_; }

 private:
  int http_status_;
};

/// The HTTP status that an error of the library is answered with.
int http_status_of(const Error& error);

/// What a handler is given.
struct Request {  // NOLINT(bugprone-exception-escape): json's destructor allocates
  std::map<std::string, std::string> parameters;  ///< of the path, decoded
  std::map<std::string, std::string> query;       ///< decoded; of a name given twice the last
  nlohmann::json json;                            ///< the body, where the route takes JSON
  std::filesystem::path upload;  ///< where the route takes a file: the body; deleted afterwards
};

/// Reads the body of a request piece by piece. Throws HttpError: 413 where it is longer than
/// `limit` bytes, at once where its stated length is; 400 where it is malformed or ends early.
using BodyReader =
    std::function<void(std::uint64_t limit, const std::function<void(std::string_view)>& take)>;

/// Gives the next piece of an event stream, without waiting: leaves `piece` empty where nothing has
/// come, and returns false to end the stream. Called from one thread at a time; mustn't throw.
using EventSource = std::function<bool(std::string& piece)>;

/// What a handler gives.
struct Response {
  int status = 200;
  std::string type = "application/json";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers = {};
  EventSource events = {};  ///< where set, a stream of server-sent events instead of `body`
};

/// JSON; bytes that aren't UTF-8 (file names) become U+FFFD.
Response json_response(const nlohmann::json& body, int status = 200);

/// {"error": line}, the line without control characters.
Response error_response(int status, const std::string& line);

}  // namespace ocrtune::server
