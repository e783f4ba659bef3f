#include "ocrtune/execution/score_cache.h"

namespace ocrtune {
namespace {

/// About 15 MB of scores.
constexpr std::uint64_t kMaxScores = 1 << 16;

}  // namespace

ScoreCache::ScoreCache() : scores_(kMaxScores) {}

std::optional<KnownScores> ScoreCache::find(const ContentHash& key) {
  const std::scoped_lock lock(mutex_);
  const KnownScores* found = scores_.find(key);
  return found == nullptr ? std::nullopt : std::optional(*found);
}

void ScoreCache::store(const ContentHash& key, const KnownScores& scores) {
  const std::scoped_lock lock(mutex_);
  scores_.insert(key, scores, 1);
}

}  // namespace ocrtune
