#include "ocrtune/base/library_threads.h"

#include <mutex>
#include <opencv2/core/utility.hpp>

// Function of libgomp, which Tesseract links; its header is only available with OpenMP enabled.
extern "C" {
int omp_get_max_active_levels(void);
void omp_set_max_active_levels(int levels);
}

namespace ocrtune {
namespace {

struct OpenCvThreads {
  std::mutex mutex;
  int serial = 0;
  int before = 0;
};

OpenCvThreads& opencv_threads() {
  static OpenCvThreads threads;
  return threads;
}

}  // namespace

SerialOpenMp::SerialOpenMp() : levels_before_(omp_get_max_active_levels()) {
  omp_set_max_active_levels(0);
}

SerialOpenMp::~SerialOpenMp() { omp_set_max_active_levels(levels_before_); }

SerialOpenCv::SerialOpenCv() {
  OpenCvThreads& threads = opencv_threads();
  const std::scoped_lock lock(threads.mutex);
  if (++threads.serial > 1) return;
  threads.before = cv::getNumThreads();
  cv::setNumThreads(1);
}

SerialOpenCv::~SerialOpenCv() {
  OpenCvThreads& threads = opencv_threads();
  const std::scoped_lock lock(threads.mutex);
  if (--threads.serial == 0) cv::setNumThreads(threads.before);
}

}  // namespace ocrtune
