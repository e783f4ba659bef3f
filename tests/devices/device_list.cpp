#include "devices/device_list.h"

#include "devices/host_device.h"
#include "ocrtune/kernels/opencl/opencl_device.h"

namespace ocrtune::test {

std::vector<std::string> device_names() {
  std::vector<std::string> all{"host"};
  for (std::size_t i = 0; i < opencl_devices().size(); ++i)
    all.push_back("opencl" + std::to_string(i));
  return all;
}

std::unique_ptr<Device> device_named(const std::string& name) {
  if (name == "host") return host_device();
  return open_opencl_device(std::stoul(name.substr(std::string("opencl").size())));
}

}  // namespace ocrtune::test
