#include "ocrtune/ocr/ppocr/network_pool.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"

namespace ocrtune::ppocr {

NetworkPool::NetworkPool(std::shared_ptr<const Model> model, Precision precision, Part part)
    : model_(std::move(model)), precision_(precision), part_(std::move(part)) {}

NetworkPool::NetworkPool(std::shared_ptr<const Model> model, Precision precision)
    : NetworkPool(std::move(model), precision, Part{}) {}

NetworkPool::Taken NetworkPool::take(int width, int height) {
  std::unique_ptr<Network> network;
  {
    const std::scoped_lock lock(mutex_);
    max_in_use_ = std::max(max_in_use_, ++in_use_);
    const auto found = std::ranges::find_if(
        free_, [&](const Free& free) { return free.width == width && free.height == height; });
    if (found != free_.end()) {
      network = std::move(found->network);
      free_.erase(found);
    }
  }
  try {
    if (!network)
      network = model_->compile({.width = width,
                                 .height = height,
                                 .precision = precision_,
                                 .kept_classes = part_.kept_classes,
                                 .features = part_.features});
  } catch (const std::exception& error) {
    const std::scoped_lock lock(mutex_);
    --in_use_;
    throw Error(Errc::limit_reached, quotable(error.what()));
  }
  return {*this, width, height, std::move(network)};
}

void NetworkPool::put_back(int width, int height, std::unique_ptr<Network> network) {
  const std::scoped_lock lock(mutex_);
  --in_use_;
  // What takes a whole page needs much memory for a moment, and getting it again costs nothing.
  if (height > 0) network->release_memory();
  free_.push_front({.width = width, .height = height, .network = std::move(network)});
  // One more than workers: pages of two formats that take turns are common.
  while (free_.size() > max_in_use_ + 1) free_.pop_back();
}

NetworkPool::Taken::Taken(NetworkPool& pool, int width, int height,
                          std::unique_ptr<Network> network)
    : pool_(pool), width_(width), height_(height), network_(std::move(network)) {}

NetworkPool::Taken::~Taken() { pool_.put_back(width_, height_, std::move(network_)); }

}  // namespace ocrtune::ppocr
