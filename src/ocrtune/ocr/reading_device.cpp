#include "ocrtune/ocr/reading_device.h"

#include "ocrtune/ocr/lstm/model.h"
#include "ocrtune/ocr/lstm/shared_forward.h"

namespace ocrtune {

std::shared_ptr<lstm::SharedForward> ReadingDevice::forward_of(
    const std::shared_ptr<const lstm::Model>& model) {
  if (left_alone() || !lstm::DeviceNetwork::fits(model->network)) return nullptr;
  const std::scoped_lock lock(mutex_);
  std::erase_if(known_, [](const Known& one) { return one.forward.expired(); });
  for (const Known& one : known_) {
    if (one.model.lock() != model) continue;
    if (auto forward = one.forward.lock()) return forward;
  }
  try {
    auto forward = std::make_shared<lstm::SharedForward>(model->network, model->sample_iteration,
                                                         shared_from_this());
    known_.push_back({.model = model, .forward = forward});
    return forward;
  } catch (const DeviceError& error) {
    note(error);
    return nullptr;
  }
}

}  // namespace ocrtune
