#pragma once

#include <cstdint>
#include <mutex>
#include <opencv2/core/types.hpp>
#include <optional>

#include "ocrtune/base/hash.h"
#include "ocrtune/base/lru_map.h"
#include "ocrtune/execution/keyed_mutex.h"
#include "ocrtune/image/image.h"

namespace ocrtune {

/// The content and size of a step's output and the running time of the step.
struct StepOutput {
  ContentHash content;
  cv::Size size;
  double ms = 0;
};

/// Outputs of stages, for trials that share stages. A step is a stage with its resolved values on
/// an input with a given content. The cache maps a step to the content of its output, and some
/// contents to images. So different trials share their steps again as soon as their images are
/// equal: on a page without lines, any two line lengths give one image, and everything after it is
/// computed once. Thread-safe.
class StageCache {
 public:
  /// Keeps images of up to `image_bytes`, those on a device of up to `device_bytes`, and up to
  /// `steps` steps (about 120 bytes each). The least recently used are dropped first.
  StageCache(std::uint64_t image_bytes, std::uint64_t steps, std::uint64_t device_bytes = 0);

  /// The output of a step, if known.
  std::optional<StepOutput> output(const ContentHash& step);
  void store_output(const ContentHash& step, const StepOutput& output);

  /// What a stage measures on its input; the key is the step without values.
  std::optional<double> measure(const ContentHash& step);
  void store_measure(const ContentHash& step, double measured);

  /// The image with that content, if it is cached.
  std::optional<Image> image(const ContentHash& content);
  /// The same for images on a device.
  std::optional<Image> held(const ContentHash& content);
  /// Keeps the image in memory or on the device, wherever it is.
  void keep(const ContentHash& content, const Image& image);

  /// To be held while running a step.
  KeyedMutex& keyed_mutex() { return keyed_mutex_; }

 private:
  std::mutex mutex_;
  LruMap<ContentHash, StepOutput> outputs_;
  LruMap<ContentHash, double> measures_;
  LruMap<ContentHash, Image> images_;
  LruMap<ContentHash, Image> held_;
  KeyedMutex keyed_mutex_;
};

}  // namespace ocrtune
