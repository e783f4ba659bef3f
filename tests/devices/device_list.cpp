#include "devices/device_list.h"

#include "devices/host_device.h"
#include "ocrtune/devices/cuda/cuda_device.h"
#include "ocrtune/devices/opencl/opencl_device.h"

namespace ocrtune::test {

std::vector<std::string> device_names() {
  std::vector<std::string> all{"host"};
  for (std::size_t i = 0; i < opencl_devices().size(); ++i)
    all.push_back("opencl" + std::to_string(i));
  for (std::size_t i = 0; i < cuda_devices().size(); ++i) all.push_back("cuda" + std::to_string(i));
  return all;
}

std::unique_ptr<Device> device_named(const std::string& name) {
  if (name == "host") return host_device();
  const bool cuda = name.starts_with("cuda");
  const std::size_t number = std::stoul(name.substr(std::string(cuda ? "cuda" : "opencl").size()));
  return cuda ? open_cuda_device(number) : open_opencl_device(number);
}

}  // namespace ocrtune::test
