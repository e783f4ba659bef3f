#pragma once

#include <optional>

#include "ocrtune/ocr/lstm/device_steps.h"
#include "ocrtune/ocr/lstm/device_weights.h"

namespace ocrtune::lstm {

/// A long short-term memory on a device. For long rows, the products of their inputs are computed
/// beforehand for all positions at once.
class DeviceLstm final : public DeviceStep {
 public:
  /// `extent` is that of the input. May throw DeviceError.
  DeviceLstm(const DeviceParts& parts, const Layer& layer, const Lstm& lstm, Extent extent);

  /// Whether a group has room for its states.
  static bool fits(const Lstm& lstm);

  [[nodiscard]] Sheet run(const Sheet& in, const Room& room) const override;
  [[nodiscard]] double bytes_per_px() const override { return bytes_per_px_; }

 private:
  /// Indices of the rows and of their outputs.
  struct Rows {
    std::vector<std::int32_t> table;
    std::vector<Grid> outs;
    std::int32_t positions = 0;
  };

  [[nodiscard]] Rows rows_of(const Sheet& in) const;
  [[nodiscard]] Device::BufferPtr summed_inputs(const Sheet& in) const;

  DeviceParts parts_;
  std::int32_t states_;
  std::int32_t input_words_;
  bool summary_;
  bool sums_before_;
  double bytes_per_px_;
  DeviceWeights weights_;
  Device::BufferPtr input_weights_;
  Device::BufferPtr state_weights_;
};

}  // namespace ocrtune::lstm
