#include "ocrtune/server/preview_request.h"

#include <utility>
#include <vector>

#include "ocrtune/image/limits.h"
#include "ocrtune/server/json_request.h"
#include "ocrtune/server/pipeline_form.h"

namespace ocrtune::server {
namespace {

constexpr long long kMostPages = 1'000'000;

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

/// The stages up to the one of that index, at their initial values, those that are on.
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

}  // namespace

PreviewRequest parse_preview_request(const nlohmann::json& body) {
  JsonFields fields(body, "");
  PreviewRequest request;
  request.corpus = fields.text("corpus", 64);
  request.page = static_cast<std::size_t>(fields.whole("page", 0, kMostPages));
  const Pipeline pipeline = parse_pipeline_form(fields.object("pipeline"), "pipeline");
  const auto stages = static_cast<long long>(pipeline.stages().size());
  request.pipeline = up_to(pipeline, fields.whole("stage", -1, stages - 1));
  if (const nlohmann::json* region = fields.object_or_null("region")) {
    request.region = parse_region(*region);
  }
  request.max_width = static_cast<int>(fields.whole("max_width", 1, kMostPictureWidth));
  request.view = fields.text("view", 100);
  fields.finish();
  return request;
}

}  // namespace ocrtune::server
