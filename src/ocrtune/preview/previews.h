#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "ocrtune/evaluator/stage_cache.h"
#include "ocrtune/image/picture.h"
#include "ocrtune/pipeline/pipeline.h"
#include "ocrtune/preview/newest_view.h"
#include "ocrtune/preview/page_images.h"
#include "ocrtune/preview/page_reader.h"
#include "ocrtune/study/trial.h"

namespace ocrtune {

/// Previews that are worked out at once, and that wait for it; a further one is refused.
inline constexpr int kPreviewsAtOnce = 2;
inline constexpr int kMostWaitingPreviews = 8;

/// What a preview is asked for.
struct PreviewRequest {
  std::size_t page = 0;
  Pipeline pipeline;  ///< the stages that run, every parameter fixed
  std::optional<cv::Rect> region;
  int max_width = 0;
  std::string view;  ///< where it is shown: a newer request of a view ends older ones
};

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
  /// All outlive this. When `stop` becomes true, previews in work end with Error(interrupted).
  Previews(PageImages& images, PageReader& reader, const std::atomic<bool>& stop);

  /// Nothing where a newer request of the same view has come. Throws Error(not_found) for a page
  /// that there isn't, Error(limit_reached) where too many wait, and as Pipeline::run and
  /// Corpus::image.
  std::optional<Preview> picture(const Corpus& corpus, const PreviewRequest& request);

  /// PageReading of web/src/contract/api.ts, or nothing. Throws as picture.
  std::optional<nlohmann::json> reading(const Corpus& corpus, const PreviewRequest& request);

 private:
  struct Outcome {
    Image image;
    cv::Size size;                   // px of the whole image
    std::optional<cv::Rect> region;  // of `image`, what is to be seen
    std::vector<StepTiming> steps;
    OcrSettings ocr = {};  // where the whole image is wanted
  };
  class Place;
  using Check = std::function<void()>;

  /// `whole`: all of the image is wanted, whatever the request's region.
  Outcome run(const PreviewRequest& request, const Corpus& corpus, bool whole, const Check& check);
  Preview picture_of(const PreviewRequest& request, const Corpus& corpus, const Check& check);
  nlohmann::json reading_of(const PreviewRequest& request, const Corpus& corpus,
                            const std::atomic<bool>& is_over, const Check& check);
  /// What `work` gives at its turn, which it is given.
  template <typename Work>
  auto at_turn(const std::string& view, const Work& work);

  PageImages& images_;
  PageReader& reader_;
  const std::atomic<bool>& stop_;
  StageCache stages_;
  NewestView views_;
  int workers_;
  std::mutex mutex_;
  std::condition_variable freed_;
  int in_work_ = 0;
  int waiting_ = 0;
};

}  // namespace ocrtune
