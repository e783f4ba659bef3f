#include "ocrtune/execution/stage_cache.h"

namespace ocrtune {
namespace {

template <typename Value>
std::optional<Value> found(const Value* value) {
  return value == nullptr ? std::nullopt : std::optional(*value);
}

}  // namespace

StageCache::StageCache(std::uint64_t image_bytes, std::uint64_t steps, std::uint64_t device_bytes)
    : outputs_(steps), measures_(steps), images_(image_bytes), held_(device_bytes) {}

std::optional<StepOutput> StageCache::output(const ContentHash& step) {
  const std::scoped_lock lock(mutex_);
  return found(outputs_.find(step));
}

void StageCache::store_output(const ContentHash& step, const StepOutput& output) {
  const std::scoped_lock lock(mutex_);
  outputs_.insert(step, output, 1);
}

std::optional<double> StageCache::measure(const ContentHash& step) {
  const std::scoped_lock lock(mutex_);
  return found(measures_.find(step));
}

void StageCache::store_measure(const ContentHash& step, double measured) {
  const std::scoped_lock lock(mutex_);
  measures_.insert(step, measured, 1);
}

std::optional<Image> StageCache::image(const ContentHash& content) {
  const std::scoped_lock lock(mutex_);
  return found(images_.find(content));
}

std::optional<Image> StageCache::held(const ContentHash& content) {
  const std::scoped_lock lock(mutex_);
  return found(held_.find(content));
}

void StageCache::keep(const ContentHash& content, const Image& image) {
  const std::scoped_lock lock(mutex_);
  if (image.held) {
    held_.insert(content, image, static_cast<std::uint64_t>(image.held->size().area()));
    return;
  }
  images_.insert(content, image, pixel_bytes(image));
}

}  // namespace ocrtune
