#pragma once

#include <functional>
#include <memory>
#include <stdexcept>
#include <utility>
#include <vector>

#include "ocrtune/ocr/ppocr/network.h"

namespace ocrtune::test {

/// What happened to the networks of a MadeModel.
struct Counts {
  int compiled = 0;
  int destroyed = 0;
  int released = 0;
};

/// A network whose output is a function of the first plane of its input.
class MadeNetwork final : public ppocr::Network {
 public:
  using Function = std::function<std::vector<float>(std::span<const float> plane, int width)>;

  MadeNetwork(Function function, int columns, Counts& counts)
      : function_(std::move(function)), columns_(columns), counts_(counts) {}
  ~MadeNetwork() override { ++counts_.destroyed; }
  MadeNetwork(const MadeNetwork&) = delete;
  MadeNetwork& operator=(const MadeNetwork&) = delete;

  std::span<float> input(int width, int height) override {
    width_ = width;
    input_.assign(
        std::size_t{3} * static_cast<std::size_t>(width) * static_cast<std::size_t>(height), 7);
    return input_;
  }

  ppocr::NetworkOutput run() override {
    output_ = function_(std::span(input_).first(input_.size() / 3), width_);
    return {.values = output_,
            .rows = static_cast<int>(output_.size()) / columns_,
            .columns = columns_};
  }

  void release_memory() override { ++counts_.released; }

 private:
  Function function_;
  int columns_;
  Counts& counts_;
  int width_ = 0;
  std::vector<float> input_;
  std::vector<float> output_;
};

/// Compiles such networks; none of a height of 13.
class MadeModel final : public ppocr::Model {
 public:
  MadeModel(MadeNetwork::Function function, int columns, Counts& counts)
      : function_(std::move(function)), columns_(columns), counts_(counts) {}

  [[nodiscard]] std::vector<int> output_shape() const override { return {1, 0, columns_}; }
  [[nodiscard]] ppocr::LastLayer last_layer() const override { return {}; }

  [[nodiscard]] std::unique_ptr<ppocr::Network> compile(
      const ppocr::NetworkOptions& options) const override {
    if (options.height == 13) throw std::runtime_error("not compiled:\nfor a reason");
    ++counts_.compiled;
    return std::make_unique<MadeNetwork>(function_, columns_, counts_);
  }

 private:
  MadeNetwork::Function function_;
  int columns_;
  Counts& counts_;
};

}  // namespace ocrtune::test
