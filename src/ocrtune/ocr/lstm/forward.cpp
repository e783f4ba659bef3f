#include "ocrtune/ocr/lstm/forward.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>

#include "ocrtune/ocr/lstm/float_engine.h"
#include "ocrtune/ocr/lstm/integer_engine.h"

namespace ocrtune::lstm {
namespace {

/// Greatest total width in px of lines that run together, which bounds their memory.
constexpr int kMaxWidthTogether = 4096;

}  // namespace

PreparedNetwork::PreparedNetwork(Network network, std::int64_t sample_iteration,
                                 ByteProducts byte_products)
    : input_height_(network.input_height),
      x_scale_factor_(network.x_scale_factor),
      classes_(network.classes),
      integer_(network.integer),
      sample_iteration_(sample_iteration) {
  if (integer_) {
    engine_ = make_integer_engine(network, byte_products == ByteProducts::allowed);
  } else {
    engine_ = make_float_engine(std::move(network));
  }
}

Forward::Forward(std::shared_ptr<const PreparedNetwork> network)
    : network_(std::move(network)), workspace_(network_->sample_iteration_) {}

void Forward::run(const LineInput& line, LineOutput& out) { run({&line, 1}, {&out, 1}); }

void Forward::run(std::span<const LineInput> lines, std::span<LineOutput> outs) {
  jobs_.clear();
  for (std::size_t i = 0; i < lines.size(); ++i) {
    LineOutput& out = outs[i];
    out.steps = lines[i].width / network_->x_scale_factor_;
    out.classes = network_->classes_;
    out.probabilities.resize(static_cast<std::size_t>(out.steps) *
                             static_cast<std::size_t>(out.classes));
    if (out.steps > 0) jobs_.push_back({.line = &lines[i], .out = &out});
  }
  std::sort(jobs_.begin(), jobs_.end(), [](const Engine::Job& a, const Engine::Job& b) {
    return a.line->width > b.line->width;
  });
  for (std::span<const Engine::Job> jobs(jobs_); !jobs.empty();) run_some(jobs);
}

void Forward::run_some(std::span<const Engine::Job>& jobs) {
  const auto most = static_cast<std::size_t>(network_->engine_->max_lines());
  std::size_t count = 0;
  int width = 0;
  while (count < std::min(most, jobs.size())) {
    width += jobs[count].line->width;
    if (count > 0 && width > kMaxWidthTogether) break;
    ++count;
  }
  workspace_.restart();
  network_->engine_->run(jobs.first(count), workspace_);
  jobs = jobs.subspan(count);
}

float mean_of_best(const LineOutput& output, int null_code) {
  constexpr float kMoreThanHalf = 0.51F;
  const auto null = static_cast<std::size_t>(null_code);
  std::int64_t sum = 0;
  int count = 0;
  for (int step = 0; step < output.steps; ++step) {
    const std::span<const float> classes = output.at(step);
    // Most steps are blank: no other class can be more probable then.
    if (null < classes.size() && classes[null] > kMoreThanHalf) continue;
    const auto best = std::max_element(classes.begin(), classes.end());
    if (best - classes.begin() == null_code) continue;
    sum += std::clamp(static_cast<int>(127 * *best), 0, 127);
    ++count;
  }
  if (count == 0) return 0;
  return static_cast<float>(static_cast<double>(sum) / count / 127);
}

}  // namespace ocrtune::lstm
