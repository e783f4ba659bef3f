#include <fmt/format.h>

#include <utility>

#include "ocrtune/base/json_fields.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/image/limits.h"
#include "ocrtune/ocr/engines/engine_registry.h"
#include "ocrtune/pipeline/pipeline_form.h"
#include "ocrtune/server/routes.h"

namespace ocrtune::server {
namespace {

constexpr long long kMaxPages = 1'000'000;

cv::Rect parse_region(const nlohmann::json& json) {
  JsonFields fields(json, "region");
  const int side = DecodeLimits{}.max_side;
  const auto px = [&](const char* name, int least) {
    return static_cast<int>(fields.whole(name, least, side));
  };
  const cv::Rect region(px("x", 0), px("y", 0), px("width", 1), px("height", 1));
  fields.finish();
  return region;
}

/// The stages up to the one with that index, at their initial values, as far as they are enabled.
Pipeline up_to(const Pipeline& pipeline, long long last) {
  std::vector<StageUse> uses;
  for (long long i = 0; i <= last; ++i) {
    StageUse use = pipeline.stages()[static_cast<std::size_t>(i)];
    if (!use.on) continue;
    use.optional = false;
    use.slot.clear();
    for (Setting& setting : use.settings) setting.free.reset();
    uses.push_back(std::move(use));
  }
  return {pipeline.name(), pipeline.description(), std::move(uses), {}, pipeline.at({}).ocr()};
}

std::string engine_in(JsonFields& fields) {
  std::string name = fields.text("engine", 64);
  if (name != kAutomaticEngine && find_engine(name) == nullptr)
    fields.refuse("engine", tr("`{}` is not one of {}", quotable(name, 60),
                               "auto, " + joined(engine_names(), ", ")));
  return name;
}

std::string timing_header(const std::vector<StepTiming>& steps) {
  std::string text;
  for (const StepTiming& step : steps) {
    text += fmt::format("{}{};dur={:.1f}", text.empty() ? "" : ", ", step.name, step.ms);
  }
  return text;
}

template <typename Made>
Made newest(std::optional<Made> made) {
  if (made) return *std::move(made);
  throw HttpError(409, tr("superseded by a newer request of this view"));
}

Response preview_response(Preview preview) {
  return {.type = std::move(preview.picture.type),
          .body = std::move(preview.picture.bytes),
          .headers = {image_size_header(preview.size),
                      {"Server-Timing", timing_header(preview.steps)}}};
}

}  // namespace

std::pair<std::string, std::string> image_size_header(cv::Size size) {
  return {"X-Image-Size", fmt::format("{}x{}", size.width, size.height)};
}

CorpusPreview parse_preview_request(const nlohmann::json& body) {
  JsonFields fields(body, "");
  CorpusPreview request;
  request.corpus = fields.text("corpus", 64);
  request.page = static_cast<std::size_t>(fields.whole("page", 0, kMaxPages));
  const Pipeline pipeline = parse_pipeline_form(fields.object("pipeline"), "pipeline");
  const auto stages = static_cast<long long>(pipeline.stages().size());
  request.pipeline = up_to(pipeline, fields.whole("stage", -1, stages - 1));
  if (const nlohmann::json* region = fields.object_or_null("region")) {
    request.region = parse_region(*region);
  }
  request.max_width = static_cast<int>(fields.whole("max_width", 1, kMaxPictureWidth));
  request.view = fields.text("view", 100);
  if (!fields.absent("engine")) request.engine = engine_in(fields);
  fields.finish();
  return request;
}

void add_preview_routes(Router& router, const Services& services) {
  router.add_json("POST", "/api/preview", [&services](const Request& request) {
    const CorpusPreview asked = parse_preview_request(request.json);
    const auto corpus = services.corpora.pages(asked.corpus);
    return preview_response(newest(services.previews.picture(*corpus, asked)));
  });
  router.add_json("POST", "/api/preview/ocr-result", [&services](const Request& request) {
    const CorpusPreview asked = parse_preview_request(request.json);
    const auto corpus = services.corpora.pages(asked.corpus);
    return json_response(newest(services.previews.ocr_result(*corpus, asked)));
  });
}

}  // namespace ocrtune::server
