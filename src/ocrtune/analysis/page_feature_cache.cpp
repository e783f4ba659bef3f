#include "ocrtune/analysis/page_feature_cache.h"

#include <fmt/format.h>

#include <utility>

#include "ocrtune/metrics/page_features.h"

namespace ocrtune {

std::vector<double> PageFeatureCache::features(const Corpus& corpus, std::size_t page) {
  const Page& of = corpus.pages()[page];
  std::string key = fmt::format("{} {} {}", of.identity().text(), of.dpi.x, of.dpi.y);
  {
    const std::scoped_lock lock(mutex_);
    const auto known = known_.find(key);
    if (known != known_.end()) return known->second;
  }
  const auto values = page_features(corpus.image(page, true)).values();
  const std::scoped_lock lock(mutex_);
  return known_.emplace(std::move(key), std::vector<double>(values.begin(), values.end()))
      .first->second;
}

}  // namespace ocrtune
