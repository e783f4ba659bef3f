#pragma once

#include <mutex>
#include <optional>

#include "ocrtune/base/hash.h"
#include "ocrtune/base/lru_map.h"
#include "ocrtune/execution/keyed_mutex.h"
#include "ocrtune/metrics/page_result.h"

namespace ocrtune {

/// The scores of an image and the running time of its recognition.
struct KnownScores {
  PageScores scores;
  double read_ms = 0;
};

/// The scores of recognized images, so that the same image is never recognized twice. Thread-safe.
class ScoreCache {
 public:
  ScoreCache();

  /// `key`: a hash of the image, the OCR settings, the language and the ground truth.
  std::optional<KnownScores> find(const ContentHash& key);
  void store(const ContentHash& key, const KnownScores& scores);

  /// To be held while recognizing an image.
  KeyedMutex& keyed_mutex() { return keyed_mutex_; }

 private:
  std::mutex mutex_;
  LruMap<ContentHash, KnownScores> scores_;
  KeyedMutex keyed_mutex_;
};

}  // namespace ocrtune
