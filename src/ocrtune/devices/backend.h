#pragma once

#include <opencv2/core/mat.hpp>

#include "ocrtune/base/hash.h"
#include "ocrtune/devices/backend_info.h"
#include "ocrtune/image/pixels.h"

namespace ocrtune {

struct LineSizes;

/// The kernels that stages are written over, on one device. This class is the CPU's backend. The
/// backend of another device stores pixels in its own way and replaces these kernels by its own;
/// for a kernel that it does not have, it copies the pixels to the CPU and the result back. All
/// backends give the same bytes. Thread-safe. All functions that take or return Pixels may throw
/// DeviceError; arguments are checked as by the functions of the same names, whose errors they
/// throw.
class Backend {
 public:
  Backend() = default;
  virtual ~Backend() = default;
  Backend(const Backend&) = delete;
  Backend& operator=(const Backend&) = delete;

  /// Its device; for the CPU the memory is the machine's.
  [[nodiscard]] virtual const BackendInfo& info() const;

  /// Copies pixels to the device, and back. Pixels must come from this backend.
  virtual Pixels hold(const cv::Mat& gray);
  /// The pixels as a matrix; may share them with the backend.
  virtual cv::Mat gray(const Pixels& pixels);

  /// Waits until the work that this thread queued is done.
  virtual void wait() {}

  /// Hash of size and pixels, comparable within this backend.
  virtual ContentHash pixel_hash(const Pixels& pixels);

  /// kernels/lines/line_mask.h
  virtual Pixels line_mask(const Pixels& in, const LineSizes& sizes);
  /// kernels/lines/line_mask.h
  virtual Pixels without_lines(const Pixels& in, const LineSizes& sizes);
  /// kernels/filter/division.h
  virtual Pixels divided_by_blur(const Pixels& in, int kernel);
  /// kernels/filter/background.h
  virtual Pixels distance_from_paper(const Pixels& in, int dilate, int blur);
  /// kernels/filter/contrast.h
  virtual Pixels stretched(const Pixels& in);
  /// kernels/filter/contrast.h
  virtual Pixels equalised(const Pixels& in, double clip, int tiles);
  /// kernels/nlm/nlm.h
  virtual Pixels denoise_nlm(const Pixels& in, float h, int search);
  /// kernels/measure/laplacian.h
  virtual double laplacian_variance(const Pixels& in);
  /// kernels/threshold/adaptive_threshold.h
  virtual Pixels adaptive_threshold_gaussian(const Pixels& in, int block, double c);
};

/// The CPU's backend.
Backend& cpu_backend();

}  // namespace ocrtune
