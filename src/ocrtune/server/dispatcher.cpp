#include "ocrtune/server/dispatcher.h"

#include <fmt/format.h>

#include <atomic>
#include <exception>
#include <fstream>
#include <new>
#include <system_error>
#include <utility>

#include "ocrtune/base/files.h"
#include "ocrtune/base/json_fields.h"
#include "ocrtune/base/translation.h"

namespace ocrtune::server {
namespace {

/// A file for a body; deleted at the end unless it was moved.
class IncomingFile {
 public:
  explicit IncomingFile(const std::filesystem::path& folder) {
    static std::atomic<unsigned> serial{0};
    make_folder(folder);
    path_ = folder / fmt::format("incoming-{}", serial++);
  }
  ~IncomingFile() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  IncomingFile(const IncomingFile&) = delete;
  IncomingFile& operator=(const IncomingFile&) = delete;

  void take(const BodyReader& body) {
    std::ofstream file(path_, std::ios::binary | std::ios::trunc);
    body(kMaxUploadBytes, [&](std::string_view piece) {
      file.write(piece.data(), static_cast<std::streamsize>(piece.size()));
      if (!file)
        throw Error(Errc::output_unwritable, tr("the file cannot be stored: the disk is full"));
    });
    file.close();
    if (!file) throw Error(Errc::output_unwritable, tr("the file cannot be stored"));
  }

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

nlohmann::json json_body(const BodyReader& body) {
  std::string text;
  body(kMaxJsonBytes, [&](std::string_view piece) { text += piece; });
  return parse_json(text);
}

}  // namespace

Dispatcher::Dispatcher(const Router& router, RequestGuard guard, PageFiles page,
                       std::filesystem::path upload_folder)
    : router_(router),
      guard_(std::move(guard)),
      page_(std::move(page)),
      upload_folder_(std::move(upload_folder)) {}

Response Dispatcher::answer(const RequestHead& head, const std::string& target,
                            const BodyReader& body) const {
  const LanguageScope language(
      head.accept_language.empty() ? current_language() : language_of_tag(head.accept_language));
  try {
    return routed(head, target, body);
  } catch (const Error& error) {
    return error_response(http_status_of(error), error.what());
  } catch (const std::bad_alloc&) {
    return error_response(503, tr("out of memory"));
  } catch (const std::exception&) {
    // Messages of libraries may reveal internals, so they are not shown.
    return error_response(500, tr("internal error of the server; please report"));
  }
}

Response Dispatcher::routed(const RequestHead& head, const std::string& target,
                            const BodyReader& body) const {
  guard_.check_place(head);
  const std::size_t mark = target.find('?');
  const std::string path = target.substr(0, mark);
  Request request;
  if (mark != std::string::npos) request.query = parse_query(target.substr(mark + 1));
  if (path != "/api" && !path.starts_with("/api/")) return page(head, path, request);
  guard_.check_token(head);
  RouteMatch match = router_.find(head.method, path);
  if (match.route == nullptr) {
    throw match.other_method ? HttpError(405, tr("method not allowed"))
                             : HttpError(404, tr("no such address"));
  }
  RequestGuard::check_content_type(head, match.route->body);
  request.parameters = std::move(match.parameters);
  if (match.route->body == Body::file) {
    IncomingFile file(upload_folder_);
    file.take(body);
    request.upload = file.path();
    return match.route->handler(request);
  }
  if (match.route->body == Body::json_text) {
    request.json = json_body(body);
  } else {
    body(kMaxJsonBytes, [](std::string_view) {});
  }
  return match.route->handler(request);
}

Response Dispatcher::page(const RequestHead& head, std::string_view path,
                          const Request& request) const {
  if (head.method != "GET" && head.method != "HEAD") {
    throw HttpError(405, tr("method not allowed"));
  }
  const auto token = request.query.find("token");
  if (path == "/" && token != request.query.end()) {
    // The page itself needs no token, and says what to do without one.
    if (!guard_.is_token(token->second))
      return Response{
          .status = 303, .type = "text/plain", .body = "", .headers = {{"Location", "/"}}};
    return {.status = 303,
            .type = "text/plain",
            .headers = {{"Location", "/"}, {"Set-Cookie", guard_.set_cookie()}}};
  }
  if (std::optional<Response> file = page_(path)) return *std::move(file);
  throw HttpError(404, tr("no such address"));
}

}  // namespace ocrtune::server
