#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <opencv2/core/types.hpp>
#include <optional>
#include <string>

#include "ocrtune/pipeline/pipeline.h"

namespace ocrtune::server {

/// Widest picture that is given, px.
inline constexpr int kMostPictureWidth = 8192;

/// What a preview is asked for.
struct PreviewRequest {
  std::string corpus;
  std::size_t page = 0;
  Pipeline pipeline;  ///< the stages that run, every parameter fixed
  std::optional<cv::Rect> region;
  int max_width = 0;
  std::string view;
};

/// Throws HttpError(400), or Error(pipeline_invalid), with one line that names the field.
PreviewRequest parse_preview_request(const nlohmann::json& body);

}  // namespace ocrtune::server
