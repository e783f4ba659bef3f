#pragma once

#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "ocrtune/corpus/corpus.h"

namespace ocrtune {

/// The features of pages, each computed once: 120 bytes for each page. Thread-safe.
class PageFeatureCache {
 public:
  /// page_features() of the corpus's page `page`, with its colours, in their order. Pages of the
  /// same pixels and resolution share them. Errors as Corpus::image.
  std::vector<double> features(const Corpus& corpus, std::size_t page);

 private:
  std::mutex mutex_;
  std::unordered_map<std::string, std::vector<double>> known_;
};

}  // namespace ocrtune
