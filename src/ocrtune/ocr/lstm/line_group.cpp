#include "ocrtune/ocr/lstm/line_group.h"

#include <mutex>
#include <utility>

namespace ocrtune::lstm {
namespace {

constexpr std::size_t kMaxLines = 16;

/// Of all lines' outputs together, which bounds their memory to 8 MB unless a line alone needs
/// more.
constexpr std::size_t kMaxProbabilities = std::size_t{1} << 21;

/// Factor for groups on a device: enough for most whole pages.
constexpr std::size_t kTimesLines = 8;
constexpr std::size_t kTimesProbabilities = 2;

/// A line with a lower mean probability is also run inverted: Tesseract's invert_threshold.
constexpr float kUnsure = 0.7F;

/// The packed network of a model, one for all engines.
std::shared_ptr<const PreparedNetwork> prepared(const std::shared_ptr<const Model>& model) {
  static std::mutex mutex;
  static std::vector<std::pair<std::weak_ptr<const Model>, std::weak_ptr<const PreparedNetwork>>>
      known;
  const std::scoped_lock lock(mutex);
  std::erase_if(known, [](const auto& entry) { return entry.first.expired(); });
  for (const auto& [owner, network] : known)
    if (owner.lock() == model)
      if (auto held = network.lock()) return held;
  auto network = std::make_shared<const PreparedNetwork>(model->network, model->sample_iteration);
  known.emplace_back(model, network);
  return network;
}

}  // namespace

LineGroup::LineGroup(std::shared_ptr<const Model> model, const std::shared_ptr<OcrDevice>& device)
    : model_(std::move(model)),
      forward_(prepared(model_)),
      on_device_(forward_on(device, model_)),
      max_lines_(kMaxLines * (on_device_ ? kTimesLines : 1)),
      max_cells_(kMaxProbabilities * (on_device_ ? kTimesProbabilities : 1) /
                 static_cast<std::size_t>(model_->network.classes)),
      inputs_(max_lines_),
      outputs_(max_lines_),
      inverted_(max_lines_) {}

bool LineGroup::has_room(int width) const {
  if (lines_.empty()) return true;
  const int steps = (width_ + width) / model_->network.x_scale_factor;
  return lines_.size() < max_lines_ && static_cast<std::size_t>(steps) <= max_cells_;
}

void LineGroup::add(LineImage line) {
  to_input(line, model_->network.integer, inputs_[lines_.size()]);
  width_ += inputs_[lines_.size()].width;
  lines_.push_back(std::move(line));
}

std::span<const LineOutput> LineGroup::run() {
  const std::size_t count = lines_.size();
  forward(count, outputs_);
  if (tries_inverted_) retry_inverted();
  clear();
  return {outputs_.data(), count};
}

/// Runs the network on the first inputs.
void LineGroup::forward(std::size_t count, std::vector<LineOutput>& outs) {
  const std::span<const LineInput> lines(inputs_.data(), count);
  const std::span<LineOutput> to(outs.data(), count);
  if (!on_device_ || !on_device_->run(lines, to)) forward_.run(lines, to);
}

void LineGroup::clear() {
  lines_.clear();
  width_ = 0;
}

void LineGroup::retry_inverted() {
  certainties_.clear();
  unsure_.clear();
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    certainties_.push_back(mean_of_best(outputs_[i], model_->null_char));
    if (certainties_[i] < kUnsure) unsure_.push_back(i);
  }
  if (unsure_.empty()) return;
  for (std::size_t i = 0; i < unsure_.size(); ++i) {
    invert(lines_[unsure_[i]]);
    to_input(lines_[unsure_[i]], model_->network.integer, inputs_[i]);
  }
  forward(unsure_.size(), inverted_);
  for (std::size_t i = 0; i < unsure_.size(); ++i) {
    if (mean_of_best(inverted_[i], model_->null_char) > certainties_[unsure_[i]])
      std::swap(outputs_[unsure_[i]], inverted_[i]);
  }
}

}  // namespace ocrtune::lstm
