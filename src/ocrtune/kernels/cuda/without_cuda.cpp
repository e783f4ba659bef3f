#include "ocrtune/kernels/cuda/cuda_device.h"

namespace ocrtune {

bool has_cuda() { return false; }

std::vector<BackendInfo> cuda_devices() { return {}; }

std::unique_ptr<Device> open_cuda_device(std::size_t /*number*/) {
  throw DeviceError("this program was built without CUDA");
}

}  // namespace ocrtune
