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

#include "ocrtune/execution/stage_cache.h"
#include "ocrtune/image/picture.h"
#include "ocrtune/pipeline/pipeline.h"
#include "ocrtune/preview/newest_view.h"
#include "ocrtune/preview/page_images.h"
#include "ocrtune/preview/page_recognizer.h"
#include "ocrtune/study/trial.h"

namespace ocrtune {

/// Number of previews that are computed at the same time, and number that may wait; a further one
/// is refused.
inline constexpr int kPreviewsAtOnce = 2;
inline constexpr int kMaxWaitingPreviews = 8;

/// Request for a preview.
struct PreviewRequest {
  std::size_t page = 0;
  Pipeline pipeline;  ///< the stages to run, every parameter fixed
  std::optional<cv::Rect> region;
  int max_width = 0;
  std::string view;  ///< where it is shown: a newer request of a view cancels older ones
  std::string engine{kAutomaticEngine};  ///< for OCR, as RecognitionOptions::engine
};

/// The encoded image of a page after a stage.
struct Preview {
  Picture picture;
  cv::Size size;  ///< px of the whole image
  std::vector<StepTiming> steps;
};

/// Previews of pipelines on pages: results of earlier previews are reused, and one preview uses all
/// cores. Thread-safe.
class Previews {
 public:
  /// All must outlive this. When `stop` becomes true, previews in progress end with
  /// Error(interrupted).
  Previews(PageImages& images, PageRecognizer& recognizer, const std::atomic<bool>& stop);

  /// Nothing if a newer request of the same view arrived. Throws Error(not_found) for a page that
  /// does not exist, Error(limit_reached) if too many wait, and as Pipeline::run and Corpus::image.
  std::optional<Preview> picture(const Corpus& corpus, const PreviewRequest& request);

  /// page_ocr_result of api.schema.json, or nothing. Throws as picture and
  /// PageRecognizer::read.
  std::optional<nlohmann::json> ocr_result(const Corpus& corpus, const PreviewRequest& request);

 private:
  struct Outcome {
    Image image;
    cv::Size size;                   // px of the whole image
    std::optional<cv::Rect> region;  // the region of `image` to show
    std::vector<StepTiming> steps;
    OcrSettings ocr = {};  // if the whole image was computed
  };
  class Place;
  using Check = std::function<void()>;

  /// `whole`: computes the whole image, whatever the request's region.
  Outcome run(const PreviewRequest& request, const Corpus& corpus, bool whole, const Check& check);
  Preview picture_of(const PreviewRequest& request, const Corpus& corpus, const Check& check);
  nlohmann::json ocr_result_of(const PreviewRequest& request, const Corpus& corpus,
                               const std::atomic<bool>& is_over, const Check& check);
  /// Runs `work` when one of the places is free and returns its result.
  template <typename Work>
  auto at_turn(const std::string& view, const Work& work);

  PageImages& images_;
  PageRecognizer& recognizer_;
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
