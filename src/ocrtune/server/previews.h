#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "ocrtune/evaluator/stage_cache.h"
#include "ocrtune/server/context.h"
#include "ocrtune/server/corpora.h"
#include "ocrtune/server/newest_view.h"
#include "ocrtune/server/page_images.h"
#include "ocrtune/server/page_reader.h"
#include "ocrtune/server/picture.h"
#include "ocrtune/server/preview_request.h"
#include "ocrtune/study/trial.h"

namespace ocrtune::server {

/// Previews that are worked out at once, and that wait for it; a further one is refused.
inline constexpr int kPreviewsAtOnce = 2;
inline constexpr int kMostWaitingPreviews = 8;

/// A picture of a page after a stage.
struct Preview {
  Picture picture;
  cv::Size size;  ///< px of the whole image
  std::vector<StepTiming> steps;
};

/// What pipelines make of pages, at once: what earlier previews worked out isn't done again, and
/// what is to be done takes every core. Thread-safe.
class Previews {
 public:
  /// All outlive this.
  Previews(const ServerContext& context, Corpora& corpora, PageImages& images);

  /// Throws HttpError: 404 for a corpus or page that there isn't, 409 where a newer request of the
  /// same view has come or the corpus isn't loaded, 503 where too many wait; Error as Pipeline::run
  /// and Corpus::image.
  Preview picture(const PreviewRequest& request);

  /// PageReading of the API. Throws as picture.
  nlohmann::json reading(const PreviewRequest& request);

 private:
  struct Outcome {
    Image image;
    cv::Size size;                   // px of the whole image
    std::optional<cv::Rect> region;  // of `image`, what is to be seen
    std::vector<StepTiming> steps;
    OcrSettings ocr;  // where the whole image is wanted
  };
  class Place;

  /// `whole`: all of the image is wanted, whatever the request's region.
  Outcome run(const PreviewRequest& request, const Corpus& corpus, bool whole,
              const std::function<void()>& check);

  const ServerContext& context_;
  Corpora& corpora_;
  PageImages& images_;
  StageCache stages_;
  NewestView views_;
  int workers_;
  std::mutex mutex_;
  std::condition_variable freed_;
  int in_work_ = 0;
  int waiting_ = 0;
};

}  // namespace ocrtune::server
