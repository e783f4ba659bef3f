#include "ocrtune/ocr/lstm/line_group.h"

#include <mutex>
#include <utility>

namespace ocrtune::lstm {
namespace {

constexpr std::size_t kMostLines = 16;

/// Of all lines' outputs together, which bounds their memory to 8 MB where a line alone doesn't
/// take more.
constexpr std::size_t kMostProbabilities = std::size_t{1} << 21;

/// Below which mean probability a line is tried inverted: Tesseract's invert_threshold.
constexpr float kUnsure = 0.7F;

/// The packed network of a model, one for all readers.
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

LineGroup::LineGroup(std::shared_ptr<const Model> model)
    : model_(std::move(model)),
      forward_(prepared(model_)),
      most_cells_(kMostProbabilities / static_cast<std::size_t>(model_->network.classes)),
      inputs_(kMostLines),
      outputs_(kMostLines),
      inverted_(kMostLines) {}

bool LineGroup::has_room(int width) const {
  if (lines_.empty()) return true;
  const int steps = (width_ + width) / model_->network.x_scale_factor;
  return lines_.size() < kMostLines && static_cast<std::size_t>(steps) <= most_cells_;
}

void LineGroup::add(LineImage line) {
  to_input(line, model_->network.integer, inputs_[lines_.size()]);
  width_ += inputs_[lines_.size()].width;
  lines_.push_back(std::move(line));
}

std::span<const LineOutput> LineGroup::run() {
  const std::size_t count = lines_.size();
  forward_.run({inputs_.data(), count}, {outputs_.data(), count});
  if (tries_inverted_) retry_inverted();
  clear();
  return {outputs_.data(), count};
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
  forward_.run({inputs_.data(), unsure_.size()}, {inverted_.data(), unsure_.size()});
  for (std::size_t i = 0; i < unsure_.size(); ++i) {
    if (mean_of_best(inverted_[i], model_->null_char) > certainties_[unsure_[i]])
      std::swap(outputs_[unsure_[i]], inverted_[i]);
  }
}

}  // namespace ocrtune::lstm
