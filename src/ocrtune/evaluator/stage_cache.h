#pragma once

#include <cstdint>
#include <mutex>
#include <optional>

#include "ocrtune/base/hash.h"
#include "ocrtune/base/lru_map.h"
#include "ocrtune/evaluator/turns.h"
#include "ocrtune/image/image.h"

namespace ocrtune {

/// The content of a step's output, and how long the step took when it was done.
struct StepOutput {
  ContentHash content;
  double ms = 0;
};

/// What stages gave, for trials that begin alike. A step is a stage with its settled values on an
/// input of some content; what is known of it is the content of its output, and for some contents
/// the image itself. So trials that differ come together again where their images do: on a page
/// without lines any two line lengths give one image, and everything after it is done once.
/// Thread-safe.
class StageCache {
 public:
  /// Images are kept up to `image_bytes`, those that a device holds up to `device_bytes`, steps
  /// (some 120 bytes each) up to `steps`, those used least recently dropped first.
  StageCache(std::uint64_t image_bytes, std::uint64_t steps, std::uint64_t device_bytes = 0);

  /// What a step gave, where it is known.
  std::optional<StepOutput> output(const ContentHash& step);
  void remember_output(const ContentHash& step, const StepOutput& output);

  /// What a stage measures of its input, by the step without values.
  std::optional<double> measure(const ContentHash& step);
  void remember_measure(const ContentHash& step, double measured);

  /// The image of that content, where it is kept.
  std::optional<Image> image(const ContentHash& content);
  /// The same of those that a device holds.
  std::optional<Image> held(const ContentHash& content);
  /// In memory or on the device, as the image is.
  void keep(const ContentHash& content, const Image& image);

  /// For whoever runs a step.
  Turns& turns() { return turns_; }

 private:
  std::mutex mutex_;
  LruMap<ContentHash, StepOutput> outputs_;
  LruMap<ContentHash, double> measures_;
  LruMap<ContentHash, Image> images_;
  LruMap<ContentHash, Image> held_;
  Turns turns_;
};

}  // namespace ocrtune
