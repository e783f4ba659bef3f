#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <vector>

#include "ocrtune/evaluator/device_use.h"
#include "ocrtune/evaluator/stage_cache.h"

namespace ocrtune {

/// Where a page goes through stages.
struct PagePlace {
  StageCache& stages;
  DeviceUse* device = nullptr;  ///< null: the processors
};

/// Places for pages: the processors, or devices that pages are divided among, each with a cache of
/// its own. A page has the same one always, so that what it holds of the page is there the next
/// time. Thread-safe.
class PagePlaces {
 public:
  /// Images are kept up to `image_bytes` in all, and where that isn't 0 up to a quarter of each
  /// device's memory on it; `steps` in each cache.
  PagePlaces(std::uint64_t image_bytes, std::uint64_t steps,
             std::vector<std::shared_ptr<DeviceUse>> devices = {});

  PagePlace of(std::size_t page);

  [[nodiscard]] std::size_t device_count() const { return devices_.size(); }

 private:
  std::vector<std::shared_ptr<DeviceUse>> devices_;
  std::deque<StageCache> caches_;
};

}  // namespace ocrtune
