#pragma once

#include <cstdint>
#include <opencv2/core/mat.hpp>
#include <stdexcept>
#include <string>

#include "ocrtune/base/hash.h"
#include "ocrtune/image/pixels.h"

namespace ocrtune {

struct LineSizes;

/// A device that failed: lost, without memory, or with a compiler that refuses a kernel.
class DeviceError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// What a backend runs on, for people.
struct BackendInfo {
  std::string name;                ///< as --device takes it
  std::string description;         ///< of the device, as its driver gives it
  std::uint64_t memory_bytes = 0;  ///< of the device in all
};

/// The kernels that stages are written over, on one device. This class is the processor: a backend
/// of another device has its own ways to hold pixels and its own kernels in place of these; a
/// kernel that it lacks brings the pixels here and the outcome back. All give the same bytes.
/// Thread-safe. Whatever takes or gives Pixels may throw DeviceError; arguments are checked as by
/// the functions of the same names, whose errors they throw.
class Backend {
 public:
  Backend() = default;
  virtual ~Backend() = default;
  Backend(const Backend&) = delete;
  Backend& operator=(const Backend&) = delete;

  /// What it runs on; for the processor the memory is the machine's.
  [[nodiscard]] virtual const BackendInfo& info() const;

  /// To the device, and from it. Pixels are those that this backend gave.
  virtual Pixels hold(const cv::Mat& gray);
  /// The pixels as a matrix; may share them with the backend.
  virtual cv::Mat gray(const Pixels& pixels);

  /// Until what this thread asked for is done.
  virtual void wait() {}

  /// Identity of size and pixels among those that this backend holds.
  virtual ContentHash pixel_hash(const Pixels& pixels);

  /// kernels/line_mask.h
  virtual Pixels line_mask(const Pixels& in, const LineSizes& sizes);
  /// kernels/line_mask.h
  virtual Pixels without_lines(const Pixels& in, const LineSizes& sizes);
  /// kernels/division.h
  virtual Pixels divided_by_blur(const Pixels& in, int kernel);
  /// kernels/background.h
  virtual Pixels distance_from_paper(const Pixels& in, int dilate, int blur);
  /// kernels/contrast.h
  virtual Pixels stretched(const Pixels& in);
  /// kernels/contrast.h
  virtual Pixels equalised(const Pixels& in, double clip, int tiles);
  /// kernels/nlm.h
  virtual Pixels denoise_nlm(const Pixels& in, float h, int search);
  /// kernels/laplacian.h
  virtual double laplacian_variance(const Pixels& in);
  /// kernels/adaptive_threshold.h
  virtual Pixels adaptive_threshold_gaussian(const Pixels& in, int block, double c);
};

/// The backend of this machine's processors.
Backend& cpu_backend();

}  // namespace ocrtune
