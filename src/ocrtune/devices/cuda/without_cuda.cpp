#include "ocrtune/base/translation.h"
#include "ocrtune/devices/cuda/cuda_device.h"

namespace ocrtune {

std::string_view cuda_architectures() { return {}; }

std::vector<CudaDevice> cuda_devices() { return {}; }

std::unique_ptr<Device> open_cuda_device(std::size_t /*number*/) {
  throw DeviceError(tr("this program was built without CUDA"));
}

}  // namespace ocrtune
