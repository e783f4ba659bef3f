#pragma once

#include <mutex>
#include <optional>

#include "ocrtune/base/hash.h"
#include "ocrtune/base/lru_map.h"
#include "ocrtune/evaluator/turns.h"
#include "ocrtune/study/trial.h"

namespace ocrtune {

/// The scores of an image, and how long reading it took.
struct KnownScores {
  PageScores scores;
  double read_ms = 0;
};

/// The scores of images that were read, so that the same image is never read twice. Thread-safe.
class ScoreCache {
 public:
  ScoreCache();

  /// `key`: the image's content with how it is read, language and truth.
  std::optional<KnownScores> find(const ContentHash& key);
  void remember(const ContentHash& key, const KnownScores& scores);

  /// For whoever reads an image.
  Turns& turns() { return turns_; }

 private:
  std::mutex mutex_;
  LruMap<ContentHash, KnownScores> scores_;
  Turns turns_;
};

}  // namespace ocrtune
