#pragma once

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "ocrtune/ocr/lstm/device_network.h"
#include "ocrtune/ocr/lstm/line_input.h"
#include "ocrtune/ocr/lstm/line_output.h"
#include "ocrtune/ocr/lstm/model.h"
#include "ocrtune/ocr/ocr_device.h"

namespace ocrtune::lstm {

/// Runs a network on a device for many threads: lines that arrive while others run are queued and
/// run together, from all threads; the thread that finds the device free runs all of them.
/// Thread-safe.
class SharedForward {
 public:
  /// A network that DeviceNetwork::fits. May throw DeviceError. `sample_iteration` is the model's.
  SharedForward(const Network& network, std::int64_t sample_iteration,
                std::shared_ptr<OcrDevice> device);

  /// As Forward::run, to the bit. False if the device failed or is no longer used, or a line is too
  /// wide for it: `outs` are unset then.
  bool run(std::span<const LineInput> lines, std::span<LineOutput> outs);

 private:
  /// A thread's request.
  struct Request {
    std::vector<DeviceLine> lines;
    std::vector<LineSums> sums;  ///< of the lines, when they are done
    bool done = false;
    bool failed = true;
  };

  bool take_turn(Request& own);
  void run_requests(std::span<Request* const> requests);

  std::shared_ptr<OcrDevice> device_;
  std::int64_t sample_iteration_;
  int x_scale_factor_;
  int classes_;
  DeviceNetwork network_;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Request*> waiting_;
  bool busy_ = false;
};

/// A model's network on a device, one for all its engines; null if there is no device, or if it
/// does not support the network, failed at it, or is no longer used. Thread-safe.
std::shared_ptr<SharedForward> forward_on(const std::shared_ptr<OcrDevice>& device,
                                          const std::shared_ptr<const Model>& model);

}  // namespace ocrtune::lstm
