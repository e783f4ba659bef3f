#include "ocrtune/ocr/lstm/shared_forward.h"

#include <algorithm>
#include <cstddef>
#include <exception>
#include <functional>
#include <new>
#include <utility>

namespace ocrtune::lstm {
namespace {

/// A line of a request, and the destination of its sums.
struct Place {
  const DeviceLine* line = nullptr;
  LineSums* sums = nullptr;

  [[nodiscard]] int width() const { return line->input->width; }
};

/// Takes as many lines as may run together from the front.
std::span<const Place> take_batch(std::span<const Place>& places, int max_width) {
  std::size_t count = 0;
  std::int64_t width = 0;
  while (count < std::min(places.size(), DeviceNetwork::kMaxLines)) {
    width += places[count].width();
    if (count > 0 && width > max_width) break;
    ++count;
  }
  const std::span<const Place> batch = places.first(count);
  places = places.subspan(count);
  return batch;
}

}  // namespace

SharedForward::SharedForward(const Network& network, std::int64_t sample_iteration,
                             std::shared_ptr<OcrDevice> device)
    : device_(std::move(device)),
      sample_iteration_(sample_iteration),
      x_scale_factor_(network.x_scale_factor),
      classes_(network.classes),
      network_(network, device_->device()) {}

bool SharedForward::run(std::span<const LineInput> lines, std::span<LineOutput> outs) {
  Request own;
  BorderNoise noise(sample_iteration_);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].width > network_.max_width()) return false;
    outs[i].steps = lines[i].width / x_scale_factor_;
    outs[i].classes = classes_;
    if (outs[i].steps > 0) own.lines.push_back(device_line(lines[i], noise));
  }
  own.sums.resize(own.lines.size());
  if (!own.lines.empty() && !take_turn(own)) return false;
  // Meanwhile the device works for others.
  std::size_t next = 0;
  for (LineOutput& out : outs.first(lines.size())) {
    out.probabilities.resize(static_cast<std::size_t>(out.steps) *
                             static_cast<std::size_t>(out.classes));
    if (out.steps > 0) network_.finish(own.sums[next++], out);
  }
  return true;
}

/// Waits until the request is done, or runs it together with all others that wait.
bool SharedForward::take_turn(Request& own) {
  if (device_->left_alone()) return false;
  std::unique_lock lock(mutex_);
  waiting_.push_back(&own);
  changed_.wait(lock, [&] { return own.done || !busy_; });
  if (own.done) return !own.failed;
  busy_ = true;
  const std::vector<Request*> requests = std::exchange(waiting_, {});
  lock.unlock();
  std::exception_ptr unforeseen;
  try {
    run_requests(requests);
  } catch (const DeviceError& error) {
    device_->note(error);
  } catch (const std::bad_alloc&) {
    // The requesting threads retry with fewer lines at a time.
  } catch (...) {
    unforeseen = std::current_exception();
  }
  lock.lock();
  for (Request* request : requests) request->done = true;
  busy_ = false;
  // Before any of the requests is destroyed: they belong to the threads.
  changed_.notify_all();
  if (unforeseen) std::rethrow_exception(unforeseen);
  return !own.failed;
}

void SharedForward::run_requests(std::span<Request* const> requests) {
  std::vector<Place> places;
  for (Request* request : requests) {
    for (std::size_t i = 0; i < request->lines.size(); ++i)
      places.push_back({.line = &request->lines[i], .sums = &request->sums[i]});
  }
  std::ranges::stable_sort(places, std::ranges::greater(), &Place::width);
  for (std::span<const Place> left(places); !left.empty();) {
    const std::span<const Place> batch = take_batch(left, network_.max_width());
    std::vector<const DeviceLine*> lines;
    for (const Place& place : batch) lines.push_back(place.line);
    const std::vector<LineSums> sums = network_.run(lines);
    for (std::size_t i = 0; i < batch.size(); ++i) *batch[i].sums = sums[i];
  }
  for (Request* request : requests) request->failed = false;
}

std::shared_ptr<SharedForward> forward_on(const std::shared_ptr<OcrDevice>& device,
                                          const std::shared_ptr<const Model>& model) {
  if (!device || device->left_alone() || !DeviceNetwork::fits(model->network)) return nullptr;
  struct Known {
    std::weak_ptr<OcrDevice> device;
    std::weak_ptr<const Model> model;
    std::weak_ptr<SharedForward> forward;
  };
  static std::mutex mutex;
  static std::vector<Known> known;
  const std::scoped_lock lock(mutex);
  std::erase_if(known, [](const Known& one) { return one.forward.expired(); });
  for (const Known& one : known) {
    if (one.device.lock() != device || one.model.lock() != model) continue;
    if (auto forward = one.forward.lock()) return forward;
  }
  try {
    auto forward = std::make_shared<SharedForward>(model->network, model->sample_iteration, device);
    known.push_back({.device = device, .model = model, .forward = forward});
    return forward;
  } catch (const DeviceError& error) {
    device->note(error);
    return nullptr;
  }
}

}  // namespace ocrtune::lstm
