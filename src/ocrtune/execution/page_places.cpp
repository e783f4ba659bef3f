#include "ocrtune/execution/page_places.h"

#include <algorithm>
#include <utility>

namespace ocrtune {
namespace {

/// The rest of a device's memory is for pages in progress and for other users.
constexpr std::uint64_t kShareOfDevice = 4;

}  // namespace

PagePlaces::PagePlaces(std::uint64_t image_bytes, std::uint64_t steps,
                       std::vector<std::shared_ptr<DeviceUse>> devices)
    : devices_(std::move(devices)) {
  const std::size_t count = std::max<std::size_t>(1, devices_.size());
  for (std::size_t i = 0; i < count; ++i) {
    const bool holds = image_bytes > 0 && !devices_.empty();
    caches_.emplace_back(image_bytes / count, steps,
                         holds ? devices_[i]->info().memory_bytes / kShareOfDevice : 0);
  }
}

PagePlace PagePlaces::of(std::size_t page) {
  const std::size_t place = page % caches_.size();
  return {.stages = caches_[place], .device = devices_.empty() ? nullptr : devices_[place].get()};
}

}  // namespace ocrtune
