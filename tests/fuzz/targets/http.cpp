// HTTP requests: their headers, access, addresses and bodies. What a handler does with a corpus or
// a run is left out: its JSON is read.

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <nlohmann/json.hpp>

#include "fuzz/common/require.h"
#include "fuzz/targets/target.h"
#include "ocrtune/pipeline/pipeline_form.h"
#include "ocrtune/pipeline/presets.h"
#include "ocrtune/server/dispatcher.h"
#include "ocrtune/server/edited_scan.h"
#include "ocrtune/server/request_head.h"
#include "ocrtune/server/routes.h"
#include "ocrtune/server/run_request.h"
#include "ocrtune/server/server_limits.h"
#include "support/temp_folder.h"

namespace ocrtune::server {
namespace {

using fuzz::is_taken;
using fuzz::Registered;
using fuzz::require;
namespace asio = boost::asio;
namespace http = boost::beast::http;
using HttpParser = http::request_parser<http::buffer_body>;

constexpr int kPort = 8421;
constexpr const char* kToken = "0123456789abcdef";

/// The addresses whose handlers read JSON, a name or a query.
Router addresses() {
  Router router;
  router.add_json("POST", "/api/runs", [](const Request& request) {
    return json_response({{"method", parse_run_request(request.json).method()}});
  });
  router.add_json("POST", "/api/corpora", [](const Request& request) {
    return json_response({{"lang", parse_corpus_request(request.json).lang}});
  });
  router.add_json("POST", "/api/preview", [](const Request& request) {
    return json_response({{"corpus", parse_preview_request(request.json).corpus}});
  });
  router.add_json("PUT", "/api/corpora/{id}/pages/{page}/edit", [](const Request& request) {
    return json_response(
        {{"page", page_number(request)}, {"edit", edit_json(parse_edit(request.json))}});
  });
  router.add_file("PUT", "/api/uploads/{name}", [](const Request& request) {
    check_file_name(request.parameters.at("name"));
    return Response{.headers = {attachment(request.parameters.at("name"))}};
  });
  router.add("GET", "/api/folders",
             [](const Request& request) { return json_response(request.query); });
  return router;
}

/// The body of a request in memory, as BodyReader gives it.
class BodyInMemory {
 public:
  BodyInMemory(HttpParser& parser, std::string_view rest) : parser_(parser), rest_(rest) {}

  void read(std::uint64_t limit, const std::function<void(std::string_view)>& take) {
    parser_.body_limit(limit);
    while (!parser_.is_done()) {
      if (rest_.empty()) throw HttpError(400, "an incomplete body");
      std::array<char, 512> piece{};
      parser_.get().body().data = piece.data();
      parser_.get().body().size = piece.size();
      boost::system::error_code failure;
      rest_.remove_prefix(parser_.put(asio::buffer(rest_), failure));
      if (failure && failure != http::error::need_buffer) throw HttpError(400, "a damaged body");
      take({piece.data(), piece.size() - parser_.get().body().size});
    }
  }

 private:
  HttpParser& parser_;
  std::string_view rest_;
};

Response answer_to(HttpParser& parser, std::string_view rest) {
  static const test::TempFolder uploads;
  static const Router router = addresses();
  static const Dispatcher dispatcher(
      router, RequestGuard(kToken, kPort), [](std::string_view) { return std::nullopt; },
      uploads.path());
  BodyInMemory body(parser, rest);
  return dispatcher.answer(head_of(parser.get()), std::string(parser.get().target()),
                           [&](std::uint64_t limit, const auto& take) { body.read(limit, take); });
}

bool run_http(std::string_view input) {
  HttpParser parser;
  parser.header_limit(ServerLimits{}.head_bytes);
  boost::system::error_code failure;
  const std::size_t used = parser.put(asio::buffer(input), failure);
  if (!parser.is_header_done() || (failure && failure != http::error::need_buffer)) return false;
  bool answered = false;
  is_taken({Errc::invalid_argument}, [&] {
    check_single(parser.get());
    const Response response = answer_to(parser, input.substr(used));
    require(response.status != 500, "an internal error");
    require(response.type != "application/json" || response.body.empty() ||
                nlohmann::json::accept(response.body),
            "a response is not JSON");
    answered = response.status < 400;
  });
  return answered;
}

std::string request_text(const std::string& line, const std::string& type,
                         const std::string& body) {
  std::string text = line + " HTTP/1.1\r\nHost: 127.0.0.1:8421\r\nAuthorization: Bearer " + kToken +
                     "\r\nAccept-Language: fr\r\n";
  if (!type.empty())
    text += "Content-Type: " + type + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
  return text + "\r\n" + body;
}

std::vector<std::string> http_seeds() {
  const std::string json = "application/json";
  const nlohmann::json form = pipeline_form(raw_pipeline());
  std::vector<std::string> requests{
      request_text("GET /api/folders?path=%2Ftmp&a=b+c", "", ""),
      request_text("PUT /api/uploads/a%20b.png", "application/octet-stream", "bytes"),
      request_text("POST /api/corpora", json, R"({"inputs": ["/a"], "lang": "eng"})"),
      request_text("PUT /api/corpora/c1/pages/2/edit", json, edit_json({.turns = 1}).dump()),
      request_text("POST /api/preview", json,
                   nlohmann::json{{"corpus", "c"},
                                  {"page", 3},
                                  {"pipeline", form},
                                  {"stage", -1},
                                  {"region", nullptr},
                                  {"max_width", 1000},
                                  {"view", "main"}}
                       .dump()),
      "GET /?token=0123456789abcdef HTTP/1.1\r\nHost: localhost:8421\r\nOrigin: "
      "http://localhost:8421\r\nCookie: ocrtune_8421=0123456789abcdef; a=b\r\n\r\n",
      "PUT /api/uploads/a.png HTTP/1.1\r\nHost: 127.0.0.1:8421\r\nAuthorization: Bearer "
      "0123456789abcdef\r\nX-Requested-With: x\r\nTransfer-Encoding: "
      "chunked\r\n\r\n5;a=b\r\nbytes\r\n0\r\n\r\n"};
  for (const auto& method : methods_json()) {
    nlohmann::json run{{"method", method["name"]},
                       {"study", method["name"] == "train" ? "" : "a.db"},
                       {"corpus", "c"},
                       {"pipeline", nullptr},
                       {"options", nlohmann::json::object()}};
    if (method["name"] == "train" || method["name"] == "apply") run["output"] = "texts";
    requests.push_back(request_text("POST /api/runs", json, run.dump()));
  }
  return requests;
}

const Registered kHttp{{"http", run_http, http_seeds}};

}  // namespace
}  // namespace ocrtune::server
