#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>

#include "ocrtune/base/files.h"
#include "ocrtune/base/json_fields.h"
#include "ocrtune/base/resources.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/server/folders.h"
#include "ocrtune/server/routes.h"
#include "ocrtune/workflow/trainable_engines.h"

namespace ocrtune::server {
namespace fs = std::filesystem;
namespace {

/// Default width of a page's image, px.
constexpr int kUsualWidth = 2000;

std::optional<std::string> query_value(const Request& request, const std::string& name) {
  const auto found = request.query.find(name);
  return found == request.query.end() ? std::nullopt : std::optional(found->second);
}

/// An integer from `low` to `high`; nothing if `text` is not one.
std::optional<int> whole_number(const std::string& text, int low, int high) {
  int number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = failure == std::errc() && end == text.data() + text.size();
  return whole && number >= low && number <= high ? std::optional(number) : std::nullopt;
}

int asked_width(const Request& request) {
  const auto text = query_value(request, "width");
  if (!text) return kUsualWidth;
  if (const auto width = whole_number(*text, 1, kMaxPictureWidth)) return *width;
  throw HttpError(400, tr("`width`: must be from 1 to {}", kMaxPictureWidth));
}

bool is_allowed_upload(const std::string& name) {
  const auto allowed = upload_extensions();
  return std::ranges::find(allowed, lower_case(fs::path(name).extension().string())) !=
         allowed.end();
}

Response keep_upload(const Request& request, const ServerContext& context) {
  const std::string& name = request.parameters.at("name");
  check_file_name(name);
  if (!is_allowed_upload(name)) {
    throw HttpError(400,
                    tr("the name must have the extension of a page, a ground truth or a manifest"));
  }
  const fs::path folder = context.folder() / "uploads";
  make_folder(folder);
  try {
    // A symbolic link with that name is replaced and not followed.
    move_into_place(request.upload, folder / name);
  } catch (const Error& error) {
    throw HttpError(409, error.what());
  }
  return json_response({{"path", (folder / name).string()}});
}

Response add_corpus(const Request& request, Corpora& corpora) {
  return json_response({{"id", corpora.add(parse_corpus_request(request.json))}});
}

Response put_truth(const Request& request, Corpora& corpora) {
  JsonFields fields(request.json, "");
  // The limit of the text is checked separately, so that its error differs from that of invalid
  // text.
  const std::string text = fields.text("text", std::numeric_limits<std::size_t>::max());
  const std::string version = fields.text("version", kLongestVersion);
  fields.finish();
  return json_response(
      corpora.put_truth(request.parameters.at("id"), page_number(request), text, version));
}

Response training_response(const Corpus& pages) {
  const workflow::TrainingEstimate estimate =
      workflow::training_estimate(pages, machine_resources().logical_cores);
  return json_response({{"pages", estimate.pages},
                        {"lines", estimate.lines},
                        {"seconds", estimate.seconds},
                        {"problem", estimate.problem}});
}

Response picture_response(Picture picture) {
  return {.type = std::move(picture.type), .body = std::move(picture.bytes)};
}

}  // namespace

std::size_t page_number(const Request& request) {
  const auto number = whole_number(request.parameters.at("page"), 0, 1'000'000);
  if (!number) throw HttpError(404, tr("no such page"));
  return static_cast<std::size_t>(*number);
}

CorpusRequest parse_corpus_request(const nlohmann::json& form) {
  JsonFields fields(form, "");
  CorpusRequest request{.inputs = fields.texts("inputs", kMaxInputs),
                        .lang = fields.text("lang", 200)};
  fields.finish();
  return request;
}

void add_corpus_routes(Router& router, const Services& services) {
  const ServerContext& context = services.context;
  Corpora& corpora = services.corpora;
  PageImages& images = services.images;
  router.add("GET", "/api/folders", [&context](const Request& request) {
    return json_response(folder_listing(context.roots, query_value(request, "path")));
  });
  router.add_file("PUT", "/api/uploads/{name}",
                  [&context](const Request& request) { return keep_upload(request, context); });
  router.add_json("POST", "/api/corpora",
                  [&corpora](const Request& request) { return add_corpus(request, corpora); });
  router.add("GET", "/api/corpora",
             [&corpora](const Request&) { return json_response(corpora.all()); });
  router.add("GET", "/api/corpora/{id}", [&corpora](const Request& request) {
    return json_response(corpora.info(request.parameters.at("id"), true));
  });
  router.add("POST", "/api/corpora/{id}/refresh", [&corpora](const Request& request) {
    corpora.refresh(request.parameters.at("id"));
    return json_response(nlohmann::json::object());
  });
  router.add("DELETE", "/api/corpora/{id}", [&corpora](const Request& request) {
    corpora.remove(request.parameters.at("id"));
    return json_response(nlohmann::json::object());
  });
  router.add("GET", "/api/corpora/{id}/pages/{page}/thumbnail",
             [&corpora, &images](const Request& request) {
               const auto corpus = corpora.pages(request.parameters.at("id"));
               return Response{.type = "image/jpeg",
                               .body = images.thumbnail(*corpus, page_number(request))};
             });
  router.add("GET", "/api/corpora/{id}/pages/{page}/image",
             [&corpora, &images](const Request& request) {
               const auto corpus = corpora.pages(request.parameters.at("id"));
               const Image image = images.page(*corpus, page_number(request));
               return picture_response(
                   encode_picture(image, std::nullopt, asked_width(request), PictureKind::jpeg));
             });
  router.add(
      "GET", "/api/corpora/{id}/pages/{page}/ocr-result", [&corpora](const Request& request) {
        return json_response(corpora.ocr_result(request.parameters.at("id"), page_number(request)));
      });
  router.add("GET", "/api/corpora/{id}/training", [&corpora](const Request& request) {
    return training_response(*corpora.pages(request.parameters.at("id")));
  });
  router.add_json("PUT", "/api/corpora/{id}/pages/{page}/truth",
                  [&corpora](const Request& request) { return put_truth(request, corpora); });
}

}  // namespace ocrtune::server
