#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "ocrtune/base/lru_map.h"
#include "ocrtune/corpus/corpus.h"
#include "ocrtune/execution/keyed_mutex.h"

namespace ocrtune {

/// Greatest width of a thumbnail, px.
inline constexpr int kThumbnailWidth = 240;

/// Throws Error(not_found) for a page that does not exist.
const Page& page_of(const Corpus& corpus, std::size_t index);

/// Caches of recently shown decoded pages and of thumbnails, within fixed bounds of memory.
/// Thread-safe.
class PageImages {
 public:
  PageImages();

  /// The original page, with its colours. Throws as page_of, and Error(input_unreadable) if the
  /// file is gone or has changed.
  Image page(const Corpus& corpus, std::size_t index);

  /// The page's thumbnail, JPEG. Errors as page.
  std::string thumbnail(const Corpus& corpus, std::size_t index);

 private:
  std::mutex mutex_;
  LruMap<ContentHash, Image> pages_;
  LruMap<ContentHash, std::string> thumbnails_;
  KeyedMutex keyed_mutex_;
};

}  // namespace ocrtune
