#include <algorithm>

#include "ocrtune/base/embedded_file.h"
#include "ocrtune/devices/opencl/opencl_device.h"

namespace ocrtune {

/// devices/kernels/*.h, language.h first.
const std::vector<EmbeddedFile>& device_kernel_files();

std::string device_source() {
  std::string source;
  for (const EmbeddedFile& file : device_kernel_files()) {
    for (std::string_view rest = file.bytes; !rest.empty();) {
      const std::string_view line = rest.substr(0, rest.find('\n'));
      // The files are joined into one text, and a device has no files.
      if (!line.starts_with("#include ")) source.append(line).push_back('\n');
      rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    }
  }
  return source;
}

}  // namespace ocrtune
