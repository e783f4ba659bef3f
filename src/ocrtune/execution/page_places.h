#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <vector>

#include "ocrtune/execution/device_use.h"
#include "ocrtune/execution/stage_cache.h"

namespace ocrtune {

/// The processor or device that runs a page's stages.
struct PagePlace {
  StageCache& stages;
  DeviceUse* device = nullptr;  ///< null: the CPU
};

/// Assigns pages to the CPU or to devices, each with its own cache. A page always has the same
/// place, so that its data is there the next time. Thread-safe.
class PagePlaces {
 public:
  /// Caches images of up to `image_bytes` in total and, unless that is 0, of up to a quarter of
  /// each device's memory on the device; `steps` in each cache.
  PagePlaces(std::uint64_t image_bytes, std::uint64_t steps,
             std::vector<std::shared_ptr<DeviceUse>> devices = {});

  PagePlace of(std::size_t page);

  [[nodiscard]] std::size_t device_count() const { return devices_.size(); }

 private:
  std::vector<std::shared_ptr<DeviceUse>> devices_;
  std::deque<StageCache> caches_;
};

}  // namespace ocrtune
